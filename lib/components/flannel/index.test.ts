import { planOf } from '../../../test/support/plan';
import { DUAL_STACK, smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const flannelSpec = (cni: Partial<Extract<ClusterSpec['cni'], { kind: 'flannel' }>>) =>
  smallSpec({ cni: { kind: 'flannel', ...cni } });
const tunnels = (spec: ClusterSpec) =>
  planOf(spec)
    .flows.filter((flow) => flow.declaredBy === 'flannel')
    .map((flow) => `${flow.protocol} ${flow.port?.host ?? ''} ${flow.encryptedBy ?? 'clear'}`)
    .sort();
const flag = (spec: ClusterSpec, node: string, name: string) =>
  planOf(spec)
    .k3sFlags.get(node)
    ?.find((one) => one.name === name)?.value;

test('VXLAN: 8472 between nodes in clear, 50 bytes less for pods', () => {
  const spec = flannelSpec({ backend: 'vxlan' });
  expect(tunnels(spec)).toEqual(['udp 8472 clear']);
  expect(planOf(spec).podNetwork.mtu.toString()).toBe('1500 − 50 VXLAN = 1450');
  expect(planOf(spec).podNetwork.tunnelDevices).toEqual(['flannel.1']);
  expect(planOf(spec).podNetwork).not.toHaveProperty('encryptedBy');
  expect(flag(spec, 'a', 'flannel-backend')).toBe('vxlan');
});

test('one word changes flags, port, encryption, device and MTU together', () => {
  const spec = flannelSpec({ backend: 'wireguard-native' });
  expect(tunnels(spec)).toEqual(['udp 51820 WireGuard (Flannel)']);
  expect(planOf(spec).podNetwork.mtu.toString()).toBe('1500 − 80 WireGuard = 1420');
  expect(planOf(spec).podNetwork).toMatchObject({
    tunnelDevices: ['flannel-wg'],
    encapsulation: 'wireguard',
    encryptedBy: 'WireGuard (Flannel)',
  });
  expect(flag(spec, 'a', 'flannel-backend')).toBe('wireguard-native');
});

test('host-gw: no tunnel, no loss of MTU, pod traffic itself crosses the node network', () => {
  const spec = flannelSpec({ backend: 'host-gw' });
  const plan = planOf(spec);
  expect(plan.podNetwork.mtu.bytes).toBe(1500);
  expect(plan.flows.filter((flow) => flow.declaredBy === 'flannel')).toMatchObject([{ protocol: 'any', over: 'lan' }]);
  expect(plan.listeners.filter((listener) => listener.owner === 'flannel')).toEqual([]);
});

test('while nodes roll, the ports of both backends are open and the order stands in the document', () => {
  const spec = flannelSpec({ backend: 'wireguard-native', migrating: true });
  expect(tunnels(spec)).toEqual(['udp 51820 WireGuard (Flannel)', 'udp 8472 clear']);
  const note = planOf(spec).notes.find((one) => one.title === 'Migration in progress');
  expect(note?.text).toContain('`a`, then `b`, then `c`');
});

test('the backend to come from can be named', () => {
  expect(tunnels(flannelSpec({ backend: 'vxlan', migrating: { from: 'wireguard-native' } }))).toHaveLength(2);
  expect(tunnels(flannelSpec({ backend: 'vxlan', migrating: { from: 'vxlan' } }))).toHaveLength(1);
});

test('agents do not choose the backend, but every node names its interface', () => {
  const spec = flannelSpec({});
  expect(flag(spec, 'c', 'flannel-backend')).toBeUndefined();
  expect(flag(spec, 'c', 'flannel-iface')).toBe('eth0');
});

test('where pods have IPv6, they leave under their node’s address by it too', () => {
  expect(flag(smallSpec(DUAL_STACK), 'a', 'flannel-ipv6-masq')).toBe(true);
  expect(flag(flannelSpec({}), 'a', 'flannel-ipv6-masq')).toBeUndefined();
});

test("a node's smaller link lowers the MTU of all pods", () => {
  const spec = flannelSpec({});
  const [first] = Object.entries(spec.nodes);
  const slow = {
    ...spec,
    nodes: { ...spec.nodes, [first?.[0] ?? '']: { ...first?.[1], mtuBytes: { lan: 1400 } } },
  } as ClusterSpec;
  expect(planOf(slow).podNetwork.mtu.toString()).toBe('1400 − 50 VXLAN = 1350');
});

test('VXLAN over IPv6: the kernel grants the device 20 bytes less than Flannel gives pods, and the document says so', () => {
  const spec = smallSpec({
    ...DUAL_STACK,
    cni: { kind: 'flannel', backend: 'vxlan' },
  });
  const { mtu, notes } = planOf(spec);
  const sums = new Map(mtu.map(({ device, sum }) => [device, sum.bytes]));
  expect(sums.get('flannel.1')).toBe(1450);
  expect(sums.get('flannel-v6.1')).toBe(1430);
  expect(sums.get('cni0 and every pod')).toBe(1450);
  expect(notes.map(({ text }) => text).join()).toContain(
    'the kernel grants `flannel-v6.1` 1500 − 70 VXLAN over IPv6 = 1430',
  );
});

test('dual stack: the VXLAN devices of both families share one port', () => {
  const spec = smallSpec({
    ...DUAL_STACK,
    cni: { kind: 'flannel', backend: 'vxlan' },
  });
  const { listeners, podNetwork } = planOf(spec);
  const own = listeners.filter(({ owner }) => owner === 'flannel');
  expect(own.map(({ purpose, ports }) => `${purpose} ${ports.host?.toString() ?? ''}`)).toEqual([
    'Flannel vxlan over IPv4 and IPv6 8472',
  ]);
  expect(podNetwork.tunnelDevices).toEqual(['flannel.1', 'flannel-v6.1']);
});

test('dual stack: WireGuard has a port and a device a family', () => {
  const spec = smallSpec({
    ...DUAL_STACK,
    cni: { kind: 'flannel', backend: 'wireguard-native' },
  });
  expect(tunnels(spec)).toEqual(['udp 51820 WireGuard (Flannel)', 'udp 51821 WireGuard (Flannel)']);
  expect(planOf(spec).podNetwork.tunnelDevices).toEqual(['flannel-wg', 'flannel-wg-v6']);
});

test('changing the backend names the nodes in order, the first server first', () => {
  const text = planOf(smallSpec({ k3s: { nodeNetwork: 'lan', initServer: 'b' } })).notes.find(
    ({ title }) => title === 'Changing Flannel’s backend',
  )?.text;
  expect(text).toContain('`b`, then `a`, then `c`');
});

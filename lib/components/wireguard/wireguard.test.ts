import nimbus from '../../../clusters/nimbus';
import { codesOf, findingsOf, planOf } from '../../../test/support/plan';
import { bound } from '../../../test/support/render';
import { smallSpec } from '../../../test/support/spec';
import { networkMtu } from '../../plan/network-mtu';
import { protection } from '../../plan/protection';
import { seenAs } from '../../plan/seen-as';
import type { ClusterSpec } from '../../spec/cluster';
import { wireguard } from './index';

type NodeSpec = ClusterSpec['nodes'][string];

/** Any key: 32 bytes that differ by one. */
const key = (i: number) => Buffer.alloc(32, i).toString('base64');

const node = (i: number, changes: Partial<NodeSpec> = {}, end: object = {}): NodeSpec => ({
  role: i === 1 ? 'server' : 'agent',
  addresses: { wan: `198.51.100.${i}`, mesh: `10.8.0.${i}` },
  wireguard: { mesh: { publicKey: key(i), ...end } },
  ...changes,
});

const overlay = (network: object = {}, changes: Partial<ClusterSpec> = {}): ClusterSpec =>
  smallSpec({
    networks: {
      wan: { kind: 'public', interface: 'eth0' },
      mesh: { kind: 'wireguard', interface: 'wg-mesh', prefix: '10.8.0.0/24', over: 'wan', port: 51999, ...network },
    },
    nodes: { a: node(1), b: node(2), c: node(3) },
    k3s: { nodeNetwork: 'mesh', datastore: 'sqlite' },
    ...changes,
  });

const needs = (spec: ClusterSpec, name: string) => bound(wireguard, spec).host(planOf(spec), name);
const file = (spec: ClusterSpec, name: string, path: string) =>
  needs(spec, name).files?.find((one) => one.path === path)?.content ?? '';
const conf = (spec: ClusterSpec, name: string) => file(spec, name, '/etc/wireguard/wg-mesh.conf');

/** Sections of a configuration as wg reads them, comments left out. */
function sections(text: string): Record<string, string[]>[] {
  const found: Record<string, string[]>[] = [];
  for (const line of text.split('\n').map((one) => one.replace(/#.*/, '').trim())) {
    if (line.startsWith('[')) found.push({});
    const [, name = '', value = ''] = /^(\w+) = (.*)$/.exec(line) ?? [];
    const last = found.at(-1);
    if (name !== '' && last !== undefined) last[name] = [...(last[name] ?? []), value];
  }
  return found;
}

const tunnels = (spec: ClusterSpec) => planOf(spec).flows.filter(({ declaredBy }) => declaredBy === 'wireguard');
const arrivals = (spec: ClusterSpec, at: string) =>
  tunnels(spec).flatMap((flow) =>
    seenAs(flow, planOf(spec), at).map(({ devices, sources, port }) =>
      [devices.join(), String(sources ?? 'anyone'), String(port)].join(' '),
    ),
  );

test('a node’s file holds its own end, and every other node as a peer that takes nothing but its own address', () => {
  const [own, ...peers] = sections(conf(overlay(), 'a'));
  expect(own).toMatchObject({ Address: ['10.8.0.1/24'], ListenPort: ['51999'], MTU: ['1420'] });
  expect(peers).toEqual([
    { PublicKey: [key(2)], Endpoint: ['198.51.100.2:51999'], AllowedIPs: ['10.8.0.2/32'] },
    { PublicKey: [key(3)], Endpoint: ['198.51.100.3:51999'], AllowedIPs: ['10.8.0.3/32'] },
  ]);
  expect(conf(overlay(), 'a')).toMatch(/^# b\n\[Peer\]$/m);
});

test('the private key is read from its file on the machine and stands nowhere else', () => {
  expect(sections(conf(overlay(), 'a'))[0]?.['PostUp']).toEqual(['wg set %i private-key /etc/wireguard/wg-mesh.key']);
  expect(conf(overlay(), 'a')).not.toMatch(/^\s*(PrivateKey|PresharedKey)/m);
});

test('preshared keys are files too, the same on both ends', () => {
  const spec = overlay({ presharedKeys: true });
  const paths = (name: string) => [...conf(spec, name).matchAll(/preshared-key (\S+)/g)].map(([, path]) => path);
  expect(paths('a')).toEqual(['/etc/wireguard/wg-mesh.a.b.psk', '/etc/wireguard/wg-mesh.a.c.psk']);
  expect(paths('b')).toEqual(['/etc/wireguard/wg-mesh.a.b.psk', '/etc/wireguard/wg-mesh.b.c.psk']);
  expect(conf(spec, 'a')).toContain(`PostUp = wg set %i peer ${key(2)} preshared-key`);
});

test('a peer is dialled in a family that both ends have; IPv6 stands in brackets', () => {
  const nodes = {
    a: node(1, { addresses: { wan: ['198.51.100.1', '2001:db8::1'], mesh: 'fd00::1' } }),
    b: node(2, { addresses: { wan: ['2001:db8::2'], mesh: 'fd00::2' } }),
    c: node(3, { addresses: { wan: ['2001:db8::3', '198.51.100.3'], mesh: 'fd00::3' } }, { endpointPort: 4500 }),
  };
  const spec = overlay({ prefix: 'fd00::/64' }, { nodes });
  const [own, b, c] = sections(conf(spec, 'a'));
  expect(own?.['Address']).toEqual(['fd00::1/64']);
  expect(b).toMatchObject({ Endpoint: ['[2001:db8::2]:51999'], AllowedIPs: ['fd00::2/128'] });
  expect(c?.['Endpoint']).toEqual(['[2001:db8::3]:4500']);
});

test('behind NAT a node is not dialled, and keeps the way back open itself', () => {
  const nodes = { a: node(1), b: node(2), c: node(3, {}, { behindNat: true }) };
  const spec = overlay({}, { nodes });
  expect(sections(conf(spec, 'a'))[2]).toEqual({ PublicKey: [key(3)], AllowedIPs: ['10.8.0.3/32'] });
  for (const peer of sections(conf(spec, 'c')).slice(1)) {
    expect(peer).toMatchObject({ Endpoint: [expect.stringContaining('198.51.100.')], PersistentKeepalive: ['25'] });
  }
  expect(conf(spec, 'b')).not.toContain('PersistentKeepalive');
});

describe('a hub', () => {
  const spec = overlay({ topology: { hub: 'b' } });

  test('is the one peer of all others, who send it the whole overlay', () => {
    expect(sections(conf(spec, 'a')).slice(1)).toEqual([
      { PublicKey: [key(2)], Endpoint: ['198.51.100.2:51999'], AllowedIPs: ['10.8.0.0/24'] },
    ]);
    expect(sections(conf(spec, 'b')).slice(1)).toMatchObject([
      { AllowedIPs: ['10.8.0.1/32'] },
      { AllowedIPs: ['10.8.0.3/32'] },
    ]);
  });

  test('forwards, and nobody else has to for it', () => {
    const keys = (name: string) => (needs(spec, name).sysctls ?? []).map(({ key: name, value }) => `${name}=${value}`);
    expect(keys('b')).toEqual(['net.ipv4.ip_forward=1']);
    expect(keys('a')).toEqual([]);
  });

  test('other nodes’ ports are open to it alone', () => {
    expect(arrivals(spec, 'a')).toEqual(['eth0 198.51.100.2 51999']);
    expect(arrivals(spec, 'b')).toEqual(['eth0 198.51.100.1, 198.51.100.3 51999']);
  });
});

test('the outer port is open to the peers’ addresses on the carrier, the inner ones by the overlay’s device', () => {
  expect(arrivals(overlay(), 'a')).toEqual(['eth0 198.51.100.2/31 51999']);
  const plan = planOf(overlay());
  const vxlan = plan.flows.find(({ declaredBy, to }) => declaredBy === 'flannel' && to.kind === 'nodes');
  if (vxlan === undefined) throw new Error('Flannel has no tunnel');
  expect(seenAs(vxlan, plan, 'a').map(({ devices, sources }) => `${devices.join()} ${String(sources)}`)).toEqual([
    'wg-mesh 10.8.0.2/31',
  ]);
  expect(protection(vxlan, plan).exposed).toEqual([]);
});

test('the port is open to anyone where somebody behind NAT dials it, and there alone', () => {
  const nodes = { a: node(1), b: node(2), c: node(3, {}, { behindNat: true }) };
  expect(arrivals(overlay({}, { nodes }), 'a').sort()).toEqual(['eth0 198.51.100.2 51999', 'eth0 anyone 51999']);
  expect(arrivals(overlay({}, { nodes }), 'c')).toEqual([]);
  expect(arrivals(overlay({ topology: { hub: 'b' } }, { nodes }), 'a')).toEqual(['eth0 198.51.100.2 51999']);
});

test('what travels inside it is not in clear, and neither are the tunnels', () => {
  const plan = planOf(nimbusAlone);
  const exposed = plan.flows.filter(
    (flow) => (flow.over === 'overlay' || flow.declaredBy === 'wireguard') && protection(flow, plan).exposed.length > 0,
  );
  expect(exposed.map(({ reason }) => reason)).toEqual([]);
});

test('the MTU of the overlay is its smallest link’s, on every node; pods’ packets fit inside', () => {
  const spec = overlay();
  const plan = planOf(spec);
  expect(String(plan.mtu.find(({ device }) => device === 'wg-mesh')?.sum)).toBe('1500 − 80 WireGuard = 1420');
  expect(String(plan.podNetwork.mtu)).toBe('1500 − 80 WireGuard − 50 VXLAN = 1370');
  const nodes = { a: node(1), b: node(2, { mtuBytes: { wan: 1400 } }), c: node(3) };
  const smaller = planOf(overlay({}, { nodes }));
  for (const name of ['a', 'b', 'c']) {
    expect(networkMtu(smaller.spec, 'mesh', name).bytes).toBe(1320);
    expect(conf(overlay({}, { nodes }), name)).toContain('\nMTU = 1320\n');
  }
  expect(smaller.podNetwork.mtu.bytes).toBe(1270);
});

test('K3s starts behind the overlay that it speaks over, by the unit of its role', () => {
  const unit = '10-wayleave-overlay.conf';
  expect(file(overlay(), 'a', `/etc/systemd/system/k3s.service.d/${unit}`)).toMatch(
    /^Requires=wg-quick@wg-mesh\.service\nAfter=wg-quick@wg-mesh\.service$/m,
  );
  expect(file(overlay(), 'b', `/etc/systemd/system/k3s-agent.service.d/${unit}`)).toContain(
    'Requires=wg-quick@wg-mesh',
  );
  const beside = overlay({}, { k3s: { nodeNetwork: 'wan', datastore: 'sqlite' } });
  expect(
    needs(beside, 'a')
      .files?.map(({ path }) => path)
      .filter((path) => path.includes('k3s')),
  ).toEqual([]);
});

test('an overlay inside another one waits for it', () => {
  const spec = overlay();
  const both: ClusterSpec = {
    ...spec,
    networks: {
      ...spec.networks,
      inner: { kind: 'wireguard', interface: 'wg-inner', prefix: '10.9.0.0/24', over: 'mesh', port: 52000 },
    },
    nodes: Object.fromEntries(
      Object.entries(spec.nodes).map(([name, one], i) => [
        name,
        {
          ...one,
          addresses: { ...one.addresses, inner: `10.9.0.${i + 1}` },
          wireguard: { ...one.wireguard, inner: { publicKey: key(i + 1) } },
        },
      ]),
    ),
  };
  const unit = file(both, 'a', '/etc/systemd/system/wg-quick@wg-inner.service.d/10-wayleave.conf');
  expect(unit).toContain('After=wg-quick@wg-mesh.service');
  expect(file(both, 'a', '/etc/wireguard/wg-inner.conf')).toContain('MTU = 1340\n');
});

test('a node that is not on the overlay gets nothing of it', () => {
  const nodes = {
    a: node(1),
    b: node(2),
    c: node(3),
    d: node(4, { addresses: { wan: '198.51.100.4' }, wireguard: {} }),
  };
  const spec = overlay({}, { nodes, k3s: { nodeNetwork: 'wan', datastore: 'sqlite' } });
  expect(needs(spec, 'd')).toEqual({});
  expect(conf(spec, 'a')).not.toContain('# d');
  expect(arrivals(spec, 'd')).toEqual([]);
});

test('one port for two purposes is found: Flannel’s own WireGuard listens on 51820 too', () => {
  const native: Partial<ClusterSpec> = { cni: { kind: 'flannel', backend: 'wireguard-native' } };
  expect(codesOf(overlay({ port: 51820 }, native))).toContain('PORT_TWICE');
  expect(codesOf(overlay({}, native))).not.toContain('PORT_TWICE');
});

test('an address outside the overlay is found', () => {
  const nodes = { a: node(1), b: node(2, { addresses: { wan: '198.51.100.2', mesh: '10.8.1.2' } }) };
  const finding = findingsOf(overlay({}, { nodes })).find(({ code }) => code === 'ADDRESS_OUTSIDE_NETWORK');
  expect(finding).toMatchObject({ code: 'ADDRESS_OUTSIDE_NETWORK', fix: 'an address of 10.8.0.0/24' });
});

test('notes tell how keys are made and changed, and what a restart takes along', () => {
  const notes = planOf(overlay({ presharedKeys: true })).notes.filter(({ title }) => title.includes('mesh'));
  const first = notes.find(({ section }) => section === 'first-start')?.text;
  expect(first).toContain('host-setup.sh keys wayleave');
  expect(first).toContain('`/etc/wireguard/wg-mesh.key` must hold the private key');
  expect(first).toContain('nodes.NODE.wireguard.mesh.publicKey');
  expect(first).toContain('sudo wg show wg-mesh');
  expect(first).toContain('/etc/wireguard/wg-mesh.a.b.psk');
  const later = notes.find(({ section }) => section === 'operations')?.text;
  expect(later).toContain('host-setup.sh keys --rotate wayleave');
  expect(later).toContain('takes `k3s` or `k3s-agent` along');
});

test('notes name files of two nodes that are peers, and interfaces that differ', () => {
  const nodes = { a: node(1), b: node(2, { interfaces: { mesh: 'wg-b' } }), c: node(3) };
  const notes = planOf(overlay({ presharedKeys: true, topology: { hub: 'c' } }, { nodes })).notes;
  const first = notes.find(({ title }) => title === 'Keys and tunnels of mesh')?.text;
  expect(first).toContain('`/etc/wireguard/wg-mesh.a.c.psk` on both');
  expect(first).toContain('The interface is `wg-mesh`, but `wg-b` on `b`');
});

/** The seed's two machines and K3s on them, without what is served there. */
const { ingress: _ingress, storage: _storage, tests: _tests, ...nimbusAlone } = nimbus;

test('nimbus: both machines, as its own document has them', () => {
  expect(codesOf(nimbusAlone)).toEqual([]);
  const own = (name: string) => sections(file(nimbusAlone, name, '/etc/wireguard/wg-nimbus.conf'));
  expect(own('a')).toMatchObject([
    { Address: ['10.10.0.1/16'], ListenPort: ['51820'] },
    { Endpoint: ['10.108.0.4:51820'], AllowedIPs: ['10.10.0.2/32'] },
  ]);
  expect(own('b')[1]).toMatchObject({ Endpoint: ['10.108.0.3:51820'], AllowedIPs: ['10.10.0.1/32'] });
});

test('two hundred nodes: every file holds every other node once', () => {
  const many = Array.from({ length: 200 }, (_, i) => i + 1);
  const nodes = Object.fromEntries(many.map((i) => [`n${i}`, node(i)]));
  const spec = overlay({}, { nodes });
  const plan = planOf(spec);
  const part = bound(wireguard, spec);
  for (const i of many) {
    const text = part.host(plan, `n${i}`).files?.[0]?.content ?? '';
    expect(text.split('[Peer]')).toHaveLength(200);
    expect(text).not.toContain(`Endpoint = 198.51.100.${i}:`);
  }
});

import { documentOf, part } from '../../../test/support/document';
import { findingsOf, planOf, walkTo } from '../../../test/support/plan';
import { bound, render } from '../../../test/support/render';
import { DUAL_STACK, smallSpec } from '../../../test/support/spec';
import { printEndpoint } from '../../plan/endpoint';
import { printPort } from '../../plan/flow';
import { protection } from '../../plan/protection';
import type { ClusterSpec } from '../../spec/cluster';
import { calico } from './index';

type Cni = Extract<ClusterSpec['cni'], { kind: 'calico' }>;
interface Network {
  readonly bgp: string;
  readonly mtu: number;
  readonly linuxDataplane: string;
  readonly ipPools: readonly { cidr: string; blockSize: number; encapsulation: string; natOutgoing: string }[];
}

const withCalico = (cni: Partial<Cni> = {}, changes: Partial<ClusterSpec> = {}) =>
  smallSpec({ cni: { kind: 'calico', ...cni }, ...changes });
const flags = (spec: ClusterSpec, node: string) =>
  Object.fromEntries((planOf(spec).k3sFlags.get(node) ?? []).map(({ name, value }) => [name, value]));
const flows = (spec: ClusterSpec) =>
  planOf(spec)
    .flows.filter(({ declaredBy }) => declaredBy === 'calico')
    .map((flow) => `${printEndpoint(flow.from)} → ${printEndpoint(flow.to)} ${printPort(flow)}`);
const listening = (spec: ClusterSpec) =>
  planOf(spec)
    .listeners.filter(({ owner }) => owner === 'calico')
    .map(({ ports, protocol, bind }) => `${(ports.host ?? ports.container).toString()}/${protocol} ${bind}`);
const network = (spec: ClusterSpec, applier: 'bootstrap' | 'manifests' = 'manifests'): Network => {
  const installation = render(calico, spec, applier).find(({ kind }) => kind === 'Installation');
  return (installation?.spec as { calicoNetwork: Network }).calicoNetwork;
};

test('a cluster with Calico has one owner of everything, and nothing is missing', () => {
  expect(findingsOf(withCalico())).toEqual([]);
  expect(findingsOf(withCalico({ hostEndpoints: true }, { firewall: { kind: 'none' } }))).toEqual([]);
});

test('routes that only BGP brings need BGP', () => {
  expect(() => planOf(withCalico({ encapsulation: 'IPIP' }))).toThrow('must be true with IPIP');
  expect(() => planOf(withCalico({ encapsulation: 'None' }))).toThrow('must be true with IPIP');
});

test('K3s starts neither Flannel nor its policy controller, and keeps kube-proxy', () => {
  expect(flags(withCalico(), 'a')).toMatchObject({
    'flannel-backend': 'none',
    'disable-network-policy': true,
    'kube-proxy-arg': ['proxy-mode=iptables'],
  });
  expect(flags(withCalico(), 'a')).not.toHaveProperty('disable-kube-proxy');
  expect(flags(withCalico(), 'c')).not.toHaveProperty('flannel-backend');
  const owners = planOf(withCalico()).provided.map(({ name, owner }) => `${name} ${owner}`);
  expect(owners).toEqual(
    expect.arrayContaining(['service-routing kube-proxy', 'pod-network calico', 'policy-engine calico']),
  );
});

describe('installation', () => {
  test('the chart brings the operator alone: its kinds are unknown until the operator runs', () => {
    const release = bound(calico, withCalico()).helm();
    expect(release).toMatchObject({ chart: 'tigera-operator', namespace: 'tigera-operator', bootstrap: 'network' });
    expect(release?.values).toMatchObject({
      installation: { enabled: false },
      apiServer: { enabled: false },
      manageCRDs: true,
    });
  });

  test('K3s and Argo CD are given the same Installation', () => {
    expect(network(withCalico(), 'bootstrap')).toEqual(network(withCalico()));
  });

  test('pods get the range of K3s, in blocks, and may forward', () => {
    expect(network(withCalico())).toMatchObject({
      bgp: 'Disabled',
      containerIPForwarding: 'Enabled',
      nodeAddressAutodetectionV4: { kubernetes: 'NodeInternalIP' },
      ipPools: [
        {
          cidr: '10.42.0.0/16',
          blockSize: 26,
          encapsulation: 'VXLAN',
          natOutgoing: 'Enabled',
          allowedUses: ['Workload'],
        },
        {
          cidr: '10.44.0.0/22',
          blockSize: 30,
          encapsulation: 'VXLAN',
          natOutgoing: 'Disabled',
          allowedUses: ['Tunnel'],
        },
      ],
    });
  });

  test('dual stack: a pool of each family, with blocks of as many addresses', () => {
    expect(network(withCalico({}, DUAL_STACK)).ipPools).toMatchObject([
      { cidr: '10.42.0.0/16', blockSize: 26 },
      { cidr: 'fd00:42::/56', blockSize: 122 },
      { cidr: '10.44.0.0/22', blockSize: 30 },
      { cidr: 'fd00:10:44::/118', blockSize: 126 },
    ]);
  });

  test('IP-in-IP carries IPv4 alone: IPv6 pods are on the wire themselves', () => {
    const spec = withCalico({ encapsulation: 'IPIP', bgp: true }, DUAL_STACK);
    expect(network(spec).ipPools.map(({ encapsulation }) => encapsulation)).toEqual(['IPIP', 'None', 'IPIP']);
    expect(flows(spec)).toEqual(expect.arrayContaining(['every pod → every pod any', 'every node → every node ipip']));
  });

  test('Felix uses the kernel tables that kube-proxy uses', () => {
    const proxied = (mode: 'iptables' | 'ipvs' | 'nftables') =>
      network(withCalico({}, { k3s: { nodeNetwork: 'lan', proxy: { mode } } })).linuxDataplane;
    expect([proxied('iptables'), proxied('ipvs'), proxied('nftables')]).toEqual(['Iptables', 'Iptables', 'Nftables']);
  });

  test('WireGuard is asked of Felix, for the families that nodes have', () => {
    const felix = (spec: ClusterSpec) =>
      render(calico, spec).find(({ kind }) => kind === 'FelixConfiguration')?.spec as object | undefined;
    expect(felix(withCalico())).toBeUndefined();
    expect(felix(withCalico({ wireguard: true }))).toEqual({ wireguardEnabled: true });
    expect(felix(withCalico({ wireguard: true }, DUAL_STACK))).toEqual({
      wireguardEnabled: true,
      wireguardEnabledV6: true,
    });
  });
});

describe('one word of the encapsulation changes ports, devices, MTU and modules together', () => {
  const seen = (cni: Partial<Cni>, changes: Partial<ClusterSpec> = {}) => {
    const spec = withCalico(cni, changes);
    const { plan, parts } = walkTo(spec);
    const { tunnelDevices, encapsulation, mtu } = plan.podNetwork;
    const modules = parts.find(({ name }) => name === 'calico')?.host(plan, 'a').modules;
    expect(network(spec).mtu).toBe(mtu.bytes);
    return [encapsulation, tunnelDevices.join(), mtu.toString(), modules?.map(({ name }) => name).join()];
  };

  test.each<[Partial<Cni>, string[]]>([
    [{}, ['vxlan', 'vxlan.calico', '1500 − 50 VXLAN = 1450', 'vxlan']],
    [{ encapsulation: 'IPIP', bgp: true }, ['ipip', 'tunl0', '1500 − 20 IP-in-IP = 1480', 'ipip']],
    [{ encapsulation: 'None', bgp: true }, ['none', '', '1500', '']],
    [{ wireguard: true }, ['vxlan', 'vxlan.calico,wireguard.cali', '1500 − 60 WireGuard = 1440', 'vxlan,wireguard']],
    [{ mtuBytes: 1400 }, ['vxlan', 'vxlan.calico', '1400', 'vxlan']],
  ])('%j', (cni, words) => {
    expect(seen(cni)).toEqual(words);
  });

  test('with IPv6 underneath the header is larger, and all pods have one MTU', () => {
    expect(seen({}, DUAL_STACK).slice(1, 3)).toEqual([
      'vxlan.calico,vxlan-v6.calico',
      '1500 − 70 VXLAN over IPv6 = 1430',
    ]);
  });
});

describe('flows and listeners', () => {
  test('VXLAN between nodes, Typha for every node, the API for each part', () => {
    expect(flows(withCalico())).toEqual(
      expect.arrayContaining([
        'every node → every node 4789/udp',
        'calico-system/calico-node → calico-system/calico-typha 5473/tcp',
        'tigera-operator/tigera-operator → every server 6443/tcp',
        'calico-system/calico-kube-controllers → every server 443 → 6443/tcp',
      ]),
    );
    expect(listening(withCalico())).toEqual(
      expect.arrayContaining(['4789/udp all', '5473/tcp all', '9098/tcp loopback', '9099/tcp loopback']),
    );
  });

  test('BGP has a listener and a flow where it is on, and none where it is off', () => {
    const on = withCalico({ encapsulation: 'None', bgp: true });
    expect(listening(on)).toContain('179/tcp all');
    expect(flows(on)).toContain('every node → every node 179/tcp');
    expect(listening(withCalico())).not.toContain('179/tcp all');
  });

  test('without a tunnel in a subnet pods themselves are on the wire', () => {
    expect(flows(withCalico({ encapsulation: 'VXLANCrossSubnet' }))).toEqual(
      expect.arrayContaining(['every pod → every pod any', 'every node → every node 4789/udp']),
    );
    expect(flows(withCalico({ encapsulation: 'IPIP', bgp: true }))).toContain('every node → every node ipip');
    expect(flows(withCalico())).not.toContain('every pod → every pod any');
  });

  test('WireGuard covers pods, and not what nodes send', () => {
    const spec = withCalico({ wireguard: true });
    expect(flows(spec)).toContain('every node → every node 51820/udp');
    const plan = planOf(spec);
    expect(plan.podNetwork).toMatchObject({ encryptedBy: "Calico's pod-to-pod WireGuard", encrypts: 'pod-to-pod' });
    const dns = plan.flows.find(({ to }) => to.kind === 'workload' && to.workload === 'kube-system/coredns');
    if (dns === undefined) throw new Error('pods ask for names');
    expect(protection(dns, plan).exposed).toEqual([]);
  });
});

test('the Services that the operator makes are taken, and those of parts that are off are not', () => {
  const named = planOf(withCalico()).reservedServices.filter(({ owner }) => owner === 'calico');
  expect(named.map(({ name, isHeadless = false }) => [name, isHeadless])).toEqual([
    ['calico-system/calico-kube-controllers-metrics', true],
    ['calico-system/calico-typha', false],
  ]);
  const apps = { 'calico-typha': { namespace: 'calico-system', ports: { typha: 5473 } } };
  expect(findingsOf(withCalico({}, { apps })).map(({ code }) => code)).toContain('SERVICE_RESERVED');
});

test('there is no bridge, and pods come in by their own devices', () => {
  const { plan, parts } = walkTo(withCalico());
  const needs = parts.find(({ name }) => name === 'sysctl')?.host(plan, 'a');
  expect(needs?.sysctls?.map(({ key }) => key)).toEqual(['net.ipv4.ip_forward']);
  expect(plan.podNetwork.podDevices).toEqual(['cali*']);
});

test('an address of pods that is not masqueraded is said to be seen as such', () => {
  const notes = (natOutgoing: boolean) =>
    planOf(withCalico({ natOutgoing }))
      .notes.map(({ text }) => text)
      .join('\n');
  expect(planOf(withCalico({ natOutgoing: false })).podNetwork.masquerades).toBe(false);
  expect(notes(false)).toContain("under the pod's own address");
  expect(notes(true)).toContain("under its node's address");
});

test('the ranges of pods on each node are asked of Calico, which takes none of those that Kubernetes assigns', () => {
  const operations = part(documentOf(withCalico()), 'Operations');
  expect(operations).toContain('blockaffinities');
  expect(operations).not.toContain('podCIDR');
});

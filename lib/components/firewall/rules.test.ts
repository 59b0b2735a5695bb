import { crossroadsSpec } from '../../../test/support/crossroads';
import { planOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';
import { AddressSet } from '../../net/address-set';
import { PortRange } from '../../net/port';
import { INTERNET, nodes } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { landed, rulesOf, type Rule } from './rules';

const rules = (changes: Partial<ClusterSpec> = {}, node = 'a') => rulesOf(planOf(smallSpec(changes)), node);
const print = ({ devices, sources, protocol, port }: Rule) =>
  `${devices.join('+')} ${sources ?? 'any'} ${protocol} ${port ?? ''}`.trim();
const at = (found: readonly Rule[], port: number) => found.filter((rule) => rule.port?.contains(port));

test('a planned flow is a rule with its reason', () => {
  expect(at(rules(), 2379).map(print)).toEqual(['eth0 192.168.50.12 tcp 2379-2380']);
  expect(at(rules(), 2379)[0]?.reasons).toEqual(['etcd members agree on the state of the cluster']);
});

test('what no flow names has no rule', () => {
  for (const port of [80, 8080, 30080, 51820]) expect(at(rules(), port)).toEqual([]);
});

test("Flannel's tunnel is open to the other nodes and to nobody else", () => {
  expect(at(rules(), 8472).map(print)).toEqual(['eth0 192.168.50.12/31 udp 8472']);
});

test('one word takes 8472 out and brings 51820 in; while nodes roll both are open', () => {
  const ports = (cni: Partial<Extract<ClusterSpec['cni'], { kind: 'flannel' }>>) =>
    [8472, 51820].filter((port) => at(rules({ cni: { kind: 'flannel', ...cni } }), port).length > 0);
  expect(ports({ backend: 'vxlan' })).toEqual([8472]);
  expect(ports({ backend: 'wireguard-native' })).toEqual([51820]);
  expect(ports({ backend: 'wireguard-native', migrating: true })).toEqual([8472, 51820]);
  expect(ports({ backend: 'host-gw' })).toEqual([]);
});

test('rules that are alike are one, with the reasons of all', () => {
  const [kubelet, ...more] = at(rules(), 10250).filter(({ devices }) => devices.includes('eth0'));
  expect(more).toEqual([]);
  expect(kubelet?.reasons).toEqual(['kubelet metrics']);
});

test('agents have no rules of servers', () => {
  expect(at(rules({}, 'c'), 6443)).toEqual([]);
  expect(at(rules({}, 'c'), 10250)).not.toEqual([]);
});

test('SSH from anywhere comes in on every network, from addresses on theirs', () => {
  const spec = smallSpec();
  const networks: ClusterSpec['networks'] = { ...spec.networks, rented: { kind: 'public', interface: 'eth1' } };
  const a = { role: 'server' as const, addresses: { lan: '192.168.50.11', rented: '198.51.100.1' } };
  const ssh = (from: NonNullable<NonNullable<ClusterSpec['firewall']>['ssh']>['from']) =>
    at(
      rules({
        networks,
        nodes: { ...spec.nodes, a },
        firewall: { kind: 'nftables', ssh: { ...(from ? { from } : {}) } },
      }),
      22,
    ).map(print);
  expect(ssh(['anywhere'])).toEqual(['eth0 any tcp 22', 'eth1 any tcp 22']);
  expect(ssh([{ addresses: '192.168.50.20' }])).toEqual(['eth0 192.168.50.20 tcp 22']);
  expect(ssh([{ addresses: '203.0.113.7' }])).toEqual(['eth1 203.0.113.7 tcp 22']);
  expect(ssh([{ network: 'lan' }])).toEqual(['eth0 192.168.50.0/24 tcp 22']);
  expect(ssh([{ addresses: '192.168.50.20, 203.0.113.7' }])).toEqual([
    'eth0 192.168.50.20 tcp 22',
    'eth1 203.0.113.7 tcp 22',
  ]);
});

test('an opening that names no network is one of each caller’s own, and listens there', () => {
  const spec = (network?: string) =>
    crossroadsSpec({
      firewall: {
        kind: 'nftables',
        allow: [
          {
            from: [{ network: 'sdn' }, { outside: 'office' }, { outside: 'nas' }],
            port: 9100,
            nodes: { names: ['a'] },
            reason: 'metrics',
            ...(network === undefined ? {} : { network }),
          },
        ],
      },
    });
  const opened = (network?: string) => at(rulesOf(planOf(spec(network)), 'a'), 9100).map(print);
  expect(opened()).toEqual(['eth0 192.168.50.5 tcp 9100', 'eth0 203.0.113.0/28 tcp 9100', 'eth2 10.1.0.0/24 tcp 9100']);
  expect(opened('sdn').every((rule) => rule.startsWith('eth2'))).toBe(true);
  const bound = planOf(spec()).listeners.filter(({ purpose }) => purpose === 'metrics');
  expect(bound.map(({ bind }) => bind).sort()).toEqual(['lan', 'sdn']);
});

test('pods with IPv6 find their node on the bridge', () => {
  const bridge = (found: readonly Rule[]) =>
    found.filter(({ devices, protocol }) => devices.includes('cni0') && protocol === 'icmpv6');
  expect(bridge(rules())).toEqual([]);
  const k3s = {
    nodeNetwork: 'lan',
    clusterCidrs: ['10.42.0.0/16', 'fd42::/56'],
    serviceCidrs: ['10.43.0.0/16', 'fd43::/112'],
  };
  expect(bridge(rules({ k3s })).map(({ icmpTypes }) => icmpTypes)).toEqual([
    ['nd-neighbor-advert', 'nd-neighbor-solicit'],
  ]);
});

describe('behind a translation', () => {
  const flow: Flow = {
    from: INTERNET,
    to: nodes('all'),
    protocol: 'tcp',
    port: { container: PortRange.of(8000), host: PortRange.of(80) },
    over: 'lan',
    address: 'lan',
    reason: 'a proxy',
    declaredBy: 'test',
    source: [],
  };
  const only = (changes: Partial<Flow>) =>
    rulesOf({ ...planOf(smallSpec()), flows: [{ ...flow, ...changes }] }, 'a')[0] as Rule;

  test('a process of the node is reached at its own port, and the dialled one is what is judged on entry', () => {
    expect(only({}).port?.toString()).toBe('80');
    expect(landed(only({}))).toMatchObject({ port: PortRange.of(8000), reasons: ['a proxy (translated)'] });
  });

  test('a virtual address is no part of what lands', () => {
    const rule = only({
      address: 'vip',
      dialled: AddressSet.parse('192.168.50.200'),
      port: { container: PortRange.of(6443) },
    });
    expect(rule.destinations?.toString()).toBe('192.168.50.200');
    expect(landed(rule)).not.toHaveProperty('destinations');
    expect(landed(rule)?.port?.toString()).toBe('6443');
  });

  test('what is not translated lands as it is', () => {
    expect(landed(only({ port: { container: PortRange.of(80), host: PortRange.of(80) } }))).toBeUndefined();
  });
});

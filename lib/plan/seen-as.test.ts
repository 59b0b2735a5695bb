import { planOf } from '../../test/support/plan';
import { smallSpec } from '../../test/support/spec';
import { AddressSet } from '../net/address-set';
import { PortRange } from '../net/port';
import type { ClusterSpec } from '../spec/cluster';
import { PODS, SERVICES } from './claim';
import { ANY_POD, INTERNET, nodes, workload } from './endpoint';
import type { Flow } from './flow';
import type { Plan } from './plan';
import { arrivals, seenAs } from './seen-as';

const plan = planOf(smallSpec());
const api = PortRange.of(6443);

const flow = (changes: Partial<Flow>): Flow => ({
  from: INTERNET,
  to: nodes('all'),
  protocol: 'tcp',
  port: { container: api, host: api },
  over: 'lan',
  address: 'lan',
  reason: 'a test',
  declaredBy: 'test',
  source: [],
  ...changes,
});

/** `eth0 192.168.50.12 tcp 6443`, one line an arrival. */
const seen = (changes: Partial<Flow>, node = 'a', among: Plan = plan) =>
  seenAs(flow(changes), among, node).map(({ devices, sources, destinations, port, translated }) =>
    [
      devices.join('+'),
      sources ?? 'any',
      destinations ? `to ${destinations}` : '',
      port ?? '',
      translated ? `→ ${translated}` : '',
    ]
      .filter((part) => part !== '')
      .join(' '),
  );

test('from anywhere: by the device of its network, under any address', () => {
  expect(seen({})).toEqual(['eth0 any 6443']);
});

test('only at the nodes it is for', () => {
  expect(seen({ to: nodes('servers') }, 'a')).toHaveLength(1);
  expect(seen({ to: nodes('servers') }, 'c')).toEqual([]);
  expect(seen({ to: INTERNET })).toEqual([]);
});

test('from nodes: under the addresses of the others, since a node calls itself by loopback', () => {
  expect(seen({ from: nodes('servers') }, 'a')).toEqual(['eth0 192.168.50.12 6443']);
  expect(seen({ from: nodes('servers') }, 'c')).toEqual(['eth0 192.168.50.11-192.168.50.12 6443']);
  expect(seen({ from: nodes({ names: ['a'] }) }, 'a')).toEqual([]);
});

test('a node without an address on the network hears nothing on it', () => {
  const spec = smallSpec();
  const mixed: ClusterSpec = {
    ...spec,
    networks: { ...spec.networks, rented: { kind: 'public', interface: 'eth1' } },
    nodes: { ...spec.nodes, a: { role: 'server', addresses: { lan: '192.168.50.11', rented: '198.51.100.1' } } },
  };
  expect(seen({ over: 'rented' }, 'a', planOf(mixed))).toEqual(['eth1 any 6443']);
  expect(seen({ over: 'rented' }, 'b', planOf(mixed))).toEqual([]);
});

test('from pods: by the bridge for its own, under their nodes’ addresses for others', () => {
  expect(seen({ from: ANY_POD, over: PODS })).toEqual(['cni0 any 6443', 'eth0 192.168.50.12/31 6443']);
});

test('without masquerade pods of other nodes come under their own addresses', () => {
  const bare: Plan = { ...plan, podNetwork: { ...plan.podNetwork, masquerades: false } };
  expect(seen({ from: ANY_POD, over: PODS }, 'a', bare)).toEqual(['cni0 any 6443', 'eth0 10.42.0.0/16 6443']);
});

test('what is link-local never comes from another node’s pods', () => {
  expect(seen({ from: ANY_POD, over: PODS, address: 'link-local' })).toEqual(['cni0 any 6443']);
});

test('a call by Service arrives at the port of the process: it is translated where it starts', () => {
  const byService = {
    port: { container: api, service: PortRange.of(443), host: api },
    address: 'service' as const,
    over: PODS,
  };
  expect(seen({ from: ANY_POD, ...byService })).toEqual(['cni0 any 6443', 'eth0 192.168.50.12/31 6443']);
  expect(seen({ from: nodes('all'), ...byService })).toEqual(['eth0 192.168.50.12/31 6443']);
});

test('Service addresses that are the node’s own are reached from its own pods alone', () => {
  const { port: _port, ...any } = flow({
    from: ANY_POD,
    to: ANY_POD,
    over: SERVICES,
    address: 'service',
    protocol: 'any',
  });
  expect(seenAs(any, plan, 'a')).toMatchObject([{ devices: ['cni0'], protocol: 'any' }]);
  expect(seenAs(any, plan, 'a')[0]?.destinations?.toString()).toBe('10.43.0.0/16');
});

test('traffic from pod to pod passes through and arrives nowhere', () => {
  expect(seen({ from: ANY_POD, to: ANY_POD, over: 'lan' })).toEqual([]);
});

describe('workloads', () => {
  const proxy = { name: 'x/proxy', namespace: 'x', labels: {}, owner: 'test', source: [], nodes: { names: ['a'] } };
  const among = (hostNetwork: boolean): Plan => ({
    ...plan,
    workloads: new Map([['x/proxy', { ...proxy, hostNetwork }]]),
  });
  const to = workload('x/proxy');
  const published = { container: PortRange.of(8000), host: PortRange.of(80) };

  test('on the host network they are the node’s own processes, where they run', () => {
    expect(seen({ to }, 'a', among(true))).toEqual(['eth0 any 6443']);
    expect(seen({ to }, 'b', among(true))).toEqual([]);
    expect(seen({ to, address: 'pod' }, 'a', among(false))).toEqual([]);
  });

  test('a published port arrives as it was dialled, and its translation is known', () => {
    expect(seen({ to, port: published }, 'a', among(false))).toEqual(['eth0 any 80 → 8000']);
  });

  test('callers of the pod itself do not pass the node’s published port', () => {
    expect(seen({ to, port: published, address: 'pod', over: PODS }, 'a', among(false))).toEqual([]);
    expect(seen({ to, port: published, address: 'service', over: PODS }, 'a', among(false))).toEqual([]);
  });

  test('a virtual address may be announced by any node', () => {
    const dialled = AddressSet.parse('192.168.50.200');
    const vip = {
      to,
      dialled,
      address: 'vip' as const,
      port: { container: PortRange.of(8000), service: PortRange.of(80) },
    };
    expect(seen(vip, 'a', among(false))).toEqual(['eth0 any to 192.168.50.200 80 → 8000']);
    expect(seen(vip, 'b', among(false))).toHaveLength(1);
  });

  test('on the host network they call under their nodes’ addresses', () => {
    expect(seen({ from: to }, 'b', among(true))).toEqual(['eth0 192.168.50.11 6443']);
    expect(seen({ from: to }, 'a', among(true))).toEqual([]);
  });
});

test('the arrivals of a node are those of all flows', () => {
  expect(arrivals(plan, 'a').length).toBeGreaterThan(5);
  expect(arrivals({ ...plan, flows: [] }, 'a')).toEqual([]);
});

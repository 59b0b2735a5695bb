import { crossroadsSpec } from '../../test/support/crossroads';
import { planOf } from '../../test/support/plan';
import type { ClusterSpec } from '../spec/cluster';
import { arrivals } from './seen-as';

type LoadBalancers = NonNullable<ClusterSpec['loadBalancers']>;
type AllowFrom = NonNullable<NonNullable<NonNullable<ClusterSpec['apps']>[string]['loadBalancer']>['allowFrom']>;

const pools = { global: { addresses: '192.168.50.200/31', network: 'lan' } };
const METALLB: LoadBalancers = [{ kind: 'metallb', pools }];

/** `eth0 10.1.0.0/24 to 192.168.50.200/31`: how callers of a Service arrive at node a. */
function arriving(loadBalancers: LoadBalancers, allowFrom: AllowFrom, changes: Partial<ClusterSpec> = {}): string[] {
  const apps = { mqtt: { namespace: 'home', ports: { mqtt: 1883 }, loadBalancer: { allowFrom } } };
  return arrivals(planOf(crossroadsSpec({ loadBalancers, apps, ...changes })), 'a')
    .filter(({ flow }) => flow.reason.startsWith('callers of'))
    .map(
      ({ devices, sources, destinations }) =>
        `${devices.join('+')} ${String(sources ?? 'anyone')} to ${String(destinations)}`,
    )
    .sort();
}

test.each<[string, LoadBalancers, Partial<ClusterSpec>]>([
  ['MetalLB', METALLB, {}],
  ['kube-vip', [{ kind: 'kube-vip', services: {}, pools }], {}],
  ['Cilium', [{ kind: 'cilium', pools }], { cni: { kind: 'cilium' }, firewall: { kind: 'none' } }],
])('%s answers for its addresses on their network, and to it a router brings those of another', (_, one, changes) => {
  const seen = (allowFrom: AllowFrom) => arriving(one, allowFrom, changes);
  const to = 'to 192.168.50.200/31';
  expect(seen([{ network: 'lan' }])).toEqual([`eth0 192.168.50.0/24 ${to}`]);
  expect(seen([{ network: 'sdn' }])).toEqual([`eth0 10.1.0.0/24 ${to}`]);
  expect(seen([{ addresses: '172.30.0.0/16' }])).toEqual([`eth0 172.30.0.0/16 ${to}`]);
  expect(seen(['anywhere'])).toEqual([`eth0 anyone ${to}`]);
});

test('members of an overlay that the nodes are on come out of its tunnels', () => {
  expect(arriving(METALLB, [{ network: 'mesh' }])).toEqual(['wg-cross 10.10.0.0/16 to 192.168.50.200/31']);
});

describe('told by BGP, a router sends to a node over the network on which they meet', () => {
  const networks = {
    ...crossroadsSpec().networks,
    services: { kind: 'lan' as const, interface: 'none0', prefix: '192.168.99.0/24' },
  };
  const addresses = '192.168.99.8/31';
  const peer = { address: '10.1.0.1', asn: 64512 };

  test.each<[string, LoadBalancers[number]]>([
    [
      'MetalLB',
      {
        kind: 'metallb',
        mode: 'bgp',
        pools: { global: { addresses, network: 'services' } },
        peers: { router: { ...peer, myAsn: 64513 } },
      },
    ],
    [
      'kube-vip',
      {
        kind: 'kube-vip',
        mode: 'bgp',
        services: {},
        pools: { global: { addresses, network: 'services' } },
        bgp: { asn: 64513, peers: { router: peer } },
      },
    ],
  ])('%s', (_, balancer) => {
    expect(arriving([balancer], ['anywhere'], { networks })).toEqual([`eth2 anyone to ${addresses}`]);
  });
});

test('ServiceLB answers at the nodes’ own addresses: each caller dials those of its own network', () => {
  const seen = (allowFrom: AllowFrom) => arriving([{ kind: 'servicelb' }], allowFrom);
  expect(seen(['anywhere'])).toEqual(['eth1 anyone to 198.51.100.1-198.51.100.2']);
  expect(seen([{ network: 'lan' }, { addresses: '10.1.0.5, 172.30.0.0/16' }])).toEqual([
    'eth0 192.168.50.0/24 to 192.168.50.11-192.168.50.12',
    'eth1 172.30.0.0/16 to 198.51.100.1-198.51.100.2',
    'eth2 10.1.0.5 to 10.1.0.11',
  ]);
});

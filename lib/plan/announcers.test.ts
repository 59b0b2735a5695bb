import homelab from '../../clusters/homelab';
import jigga from '../../clusters/jigga';
import { documentOf, part } from '../../test/support/document';
import { planOf } from '../../test/support/plan';
import type { ClusterSpec } from '../spec/cluster';
import { smallSpec } from '../../test/support/spec';
import { announcersOf, isWithdrawn } from './announcers';
import { poolsOf } from './pool';

const withdrawn = (spec: ClusterSpec) => {
  const plan = planOf(spec);
  return plan.loadBalancers.map((service) => isWithdrawn(plan.spec, service));
};

test('MetalLB announces nothing without a ready pod; kube-vip neither, where a Service has a leader of its own', () => {
  expect(withdrawn(jigga)).toEqual([true, true]);
  expect(withdrawn(homelab)).toEqual([true, true]);
  expect(part(documentOf(homelab), 'What breaks if a part fails')).toContain('does not even answer ARP');
});

test('a leader of all Services goes on announcing', () => {
  const loadBalancers = homelab.loadBalancers.map((balancer) => ({
    ...balancer,
    services: { ...balancer.services, election: false },
  }));
  const shared = { ...homelab, loadBalancers };
  expect(withdrawn(shared)).toEqual([false, false]);
  expect(part(documentOf(shared), 'What breaks if a part fails')).toContain('the address stays announced');
});

test('by BGP the routers are told of nothing without a ready pod, whoever tells them', () => {
  const peers = { router: { address: '192.168.50.1', asn: 64512 } };
  const pools = { global: { addresses: '192.168.50.200', network: 'lan' } };
  const spec = smallSpec({
    loadBalancers: [
      { kind: 'kube-vip', mode: 'bgp', bgp: { asn: 64513, peers }, services: { election: false }, pools },
    ],
    ingress: [{ kind: 'traefik', mode: 'load-balancer' }],
  });
  expect(withdrawn(spec)).toEqual([true]);
  const broken = part(documentOf(spec), 'What breaks if a part fails');
  expect(broken).toContain('no node tells the routers of the address');
  expect(broken).toContain('the routers send to the others');
  expect(broken).not.toContain('ARP');
});

test('who tells a router of an address need have none on its network', () => {
  const networks = {
    ...smallSpec().networks,
    routed: { kind: 'lan', interface: 'eth0', prefix: '198.51.100.0/28' },
  } as const;
  const pools = { routed: { addresses: '198.51.100.0/28', network: 'routed' } };
  const peers = { router: { address: '192.168.50.1', asn: 64512, myAsn: 64513 } };
  const announcers = (loadBalancers: ClusterSpec['loadBalancers']) => {
    const { spec } = planOf(smallSpec({ networks, loadBalancers }));
    return poolsOf(spec).map((pool) => announcersOf(spec, pool));
  };
  const every = Object.keys(smallSpec().nodes);
  expect(announcers([{ kind: 'metallb', mode: 'bgp', pools, peers }])).toEqual([every]);
  expect(announcers([{ kind: 'metallb', mode: 'l2', pools }])).toEqual([[]]);
});

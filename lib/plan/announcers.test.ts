import homelab from '../../clusters/homelab';
import jigga from '../../clusters/jigga';
import { documentOf, part } from '../../test/support/document';
import { planOf } from '../../test/support/plan';
import type { ClusterSpec } from '../spec/cluster';
import { isWithdrawn } from './announcers';

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

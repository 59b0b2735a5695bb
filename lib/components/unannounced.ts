import { poolOf, type LoadBalancerService } from '../plan/load-balancer';
import type { Cluster } from '../spec/cluster';

/** What is seen of an address that is announced no more, while no pod is ready. */
export function unannounced(spec: Cluster, service: Omit<LoadBalancerService, 'owner'>): string {
  return poolOf(spec, service)?.routers === undefined
    ? 'no node announces the address until there is one again: it does not even answer ARP'
    : 'no node tells the routers of the address until there is one again: they know no way to it';
}

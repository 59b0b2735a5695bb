import type { Cluster } from '../spec/cluster';
import { poolOf, type LoadBalancerService, type Pool } from './load-balancer';
import { addressesOf, nodeOf, selectNodes } from './nodes';

/** MetalLB passes over nodes that bear it, whatever its value. Source: Kubernetes docs, well-known labels; metallb#2274. */
export const EXCLUDE_LABEL = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** The nodes that can announce a pool: those it is left to, which are on its network or tell a router, and which no label takes out. */
export function announcersOf(
  spec: Cluster,
  { nodes, network, owner, routers }: Pick<Pool, 'nodes' | 'network' | 'owner' | 'routers'>,
): string[] {
  return selectNodes(spec, nodes).filter(
    (name) =>
      (routers !== undefined || addressesOf(spec, name, network).length > 0) &&
      (owner !== 'metallb' || nodeOf(spec, name).labels[EXCLUDE_LABEL] === undefined),
  );
}

/**
 * Whether a Service's address is no longer answered for once none of its pods is ready. MetalLB's speakers look for an
 * active endpoint whatever the Service's policy; a Service's own leader under kube-vip sits on a node with one of its
 * pods where the policy is `Local`. Source: MetalLB speaker, ShouldAnnounce; kube-vip docs, svc_election.
 */
export function isWithdrawn(spec: Cluster, service: Omit<LoadBalancerService, 'owner'>): boolean {
  const owner = poolOf(spec, service)?.owner;
  if (owner === 'metallb') return true;
  if (owner !== 'kube-vip' || service.externalTrafficPolicy !== 'Local') return false;
  return spec.loadBalancers.some((one) => one.kind === 'kube-vip' && one.services?.election === true);
}

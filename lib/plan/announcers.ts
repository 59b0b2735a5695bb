import type { Cluster } from '../spec/cluster';
import type { Pool } from './load-balancer';
import { addressesOf, nodeOf, selectNodes } from './nodes';

/** MetalLB passes over nodes that bear it, whatever its value. Source: Kubernetes docs, well-known labels; metallb#2274. */
export const EXCLUDE_LABEL = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** The nodes that can announce a pool: those it is left to, which are on its network, and which no label takes out. */
export function announcersOf(
  spec: Cluster,
  { nodes, network, owner }: Pick<Pool, 'nodes' | 'network' | 'owner'>,
): string[] {
  return selectNodes(spec, nodes).filter(
    (name) =>
      addressesOf(spec, name, network).length > 0 &&
      (owner !== 'metallb' || nodeOf(spec, name).labels[EXCLUDE_LABEL] === undefined),
  );
}

import type { Cluster } from '../spec/cluster';
import { poolOf, type LoadBalancerService } from './load-balancer';
import { addressesOf, nodeOf, selectNodes } from './nodes';
import type { Pool } from './pool';

/** The nodes that could announce a pool: those it is left to, which are on its network or tell a router. */
export function ableToAnnounce(
  spec: Cluster,
  { nodes, network, routers }: Pick<Pool, 'nodes' | 'network' | 'routers'>,
): string[] {
  return selectNodes(spec, nodes).filter(
    (name) => routers !== undefined || addressesOf(spec, name, network).length > 0,
  );
}

/** The nodes that announce a pool: of those that could, the ones that no label takes out. */
export function announcersOf(
  spec: Cluster,
  pool: Pick<Pool, 'nodes' | 'network' | 'routers' | 'passesOver'>,
): string[] {
  const { passesOver } = pool;
  const able = ableToAnnounce(spec, pool);
  return passesOver === undefined ? able : able.filter((name) => nodeOf(spec, name).labels[passesOver] === undefined);
}

/** Whether a Service's address is no longer answered for once none of its pods is ready. */
export function isWithdrawn(spec: Cluster, service: Omit<LoadBalancerService, 'owner'>): boolean {
  const withdraws = poolOf(spec, service)?.withdraws;
  return withdraws === 'all' || (withdraws === 'local' && service.externalTrafficPolicy === 'Local');
}

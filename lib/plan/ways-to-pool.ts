import type { Cluster } from '../spec/cluster';
import type { Source } from '../spec/fields';
import { networkOfPeer } from './bgp-network';
import type { NetworkName } from './claim';
import { isOverlay } from './network-kind';
import { hasNodes } from './nodes';
import { routersOf, type Pool } from './pool';

/**
 * The networks by which callers of a pool's addresses come in. An address is answered for on its pool's network alone, so
 * those of other networks come there by a router; one that was told of it by BGP passes them to a node over the network on
 * which the two met. Members of an overlay that nodes are on come out of its tunnels, for no other link carries their
 * addresses.
 */
export function waysToPool(spec: Cluster, pool: Pool | undefined, source: Source): NetworkName[] {
  return waysTo(spec, pool ?? { network: spec.k3s.nodeNetwork }, source);
}

/** The same of the API's own virtual address, which kube-vip announces. */
export function waysToApi(spec: Cluster, network: NetworkName, source: Source): NetworkName[] {
  const announcer = spec.loadBalancers.find((balancer) => balancer.kind === 'kube-vip');
  const routers = announcer === undefined ? undefined : routersOf(announcer);
  return waysTo(spec, { network, ...(routers === undefined ? {} : { routers }) }, source);
}

function waysTo(spec: Cluster, { network, routers }: Pick<Pool, 'network' | 'routers'>, source: Source): NetworkName[] {
  if (source.kind === 'network' && isOverlay(spec, source.network) && hasNodes(spec, source.network))
    return [source.network];
  return routers === undefined ? [network] : [...new Set(routers.map((router) => networkOfPeer(spec, router)))];
}

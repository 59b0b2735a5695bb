import type { Address } from '../net/address';
import type { Cluster } from '../spec/cluster';
import type { Source } from '../spec/fields';
import { networkOfPeer } from './bgp-network';
import type { NetworkName } from './claim';
import { loadBalancerName, type Pool } from './load-balancer';
import { isOverlay } from './network-kind';
import { hasNodes } from './nodes';

/**
 * The networks by which callers of a pool's addresses come in. An address is answered for on its pool's network alone, so
 * those of other networks come there by a router; one that was told of it by BGP passes them to a node over the network on
 * which the two met. Members of an overlay that nodes are on come out of its tunnels, for no other link carries their
 * addresses.
 */
export function waysToPool(spec: Cluster, pool: Pool | undefined, source: Source): NetworkName[] {
  if (source.kind === 'network' && isOverlay(spec, source.network) && hasNodes(spec, source.network))
    return [source.network];
  const met = pool?.byRoutes === true ? routersOf(spec, pool).map((address) => networkOfPeer(spec, address)) : [];
  return met.length > 0 ? [...new Set(met)] : [pool?.network ?? spec.k3s.nodeNetwork];
}

function routersOf(spec: Cluster, { owner }: Pool): Address[] {
  const balancer = spec.loadBalancers.find(({ kind }) => loadBalancerName(kind) === owner);
  const peers: Readonly<Record<string, { readonly address: Address }>> | undefined =
    balancer?.kind === 'metallb' ? balancer.peers : balancer?.kind === 'kube-vip' ? balancer.bgp?.peers : undefined;
  return Object.values(peers ?? {}).map(({ address }) => address);
}

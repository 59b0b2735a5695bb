import type { Address } from '../net/address';
import type { NetworkName } from './claim';
import { wayOut } from './way-out';
import type { Cluster } from '../spec/cluster';

/** The network on which nodes meet a router. */
export function networkOfPeer(spec: Cluster, peer: Address): NetworkName {
  const near = Object.entries(spec.networks).find(
    ([, network]) => network.kind !== 'public' && network.prefix.contains(peer),
  );
  return near?.[0] ?? wayOut(spec);
}

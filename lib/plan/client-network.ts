import type { Cluster } from '../spec/cluster';
import type { Source } from '../spec/fields';
import type { NetworkName } from './claim';
import { hasNodes } from './nodes';
import { wayOut } from './way-out';

/**
 * The network whose addresses clients from anywhere dial: the one that is named, else the node network, but the way out
 * where nodes talk to each other on an overlay, which is none that a client is on.
 */
export function frontNetwork(spec: Cluster, named?: NetworkName): NetworkName {
  if (named !== undefined) return named;
  return spec.networks[spec.k3s.nodeNetwork]?.kind === 'wireguard' ? wayOut(spec) : spec.k3s.nodeNetwork;
}

/** The network on whose addresses a source dials a port of the nodes: its own where the nodes are on it. */
export function clientNetwork(spec: Cluster, from: Source, named?: NetworkName): NetworkName {
  return from.kind === 'network' && hasNodes(spec, from.network) ? from.network : frontNetwork(spec, named);
}

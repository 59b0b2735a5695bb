import { MtuSum } from '../net/mtu';
import { WIREGUARD_OVERHEAD_BYTES } from '../net/well-known-mtu';
import type { Cluster } from '../spec/cluster';
import type { NetworkName } from './claim';
import { oncePerName } from './once';

/**
 * The largest packet of a network, or of one node's link to it, with the terms it is made of. An overlay's is the same
 * on every node: a tunnel carries what its smaller end does.
 */
export function networkMtu(spec: Cluster, name: NetworkName, node?: string): MtuSum {
  const network = spec.networks[name];
  if (network === undefined) throw new Error(`no network ${name}`);
  const own = node === undefined ? undefined : spec.nodes[node]?.mtuBytes[name];
  const fixed = own ?? network.mtuBytes;
  if (fixed !== undefined) return MtuSum.of(fixed);
  if (network.kind !== 'wireguard') throw new Error(`network ${name} has no MTU`);
  return overlayMtu(spec, name, network.over);
}

/** Every node asks for the same ones. */
const overlayMtu = oncePerName((spec: Cluster, name, over: NetworkName) =>
  leastMtu(spec, over, name).minus('WireGuard', WIREGUARD_OVERHEAD_BYTES),
);

/** The smallest link that a node has to a network. @param among the network whose nodes count; by default the same */
export function leastMtu(spec: Cluster, name: NetworkName, among: NetworkName = name): MtuSum {
  return Object.entries(spec.nodes)
    .filter(([, { addresses }]) => addresses[among] !== undefined)
    .map(([node]) => networkMtu(spec, name, node))
    .reduce((least, sum) => (sum.bytes < least.bytes ? sum : least), networkMtu(spec, name));
}

import { MtuSum } from '../net/mtu';
import { WIREGUARD_OVERHEAD_BYTES } from '../net/well-known-mtu';
import type { Cluster } from '../spec/cluster';
import type { NetworkName } from './claim';
import type { AddressKind } from './flow';
import { oncePerName } from './once';

/** What an address on one of the spec's networks is called. */
export function addressKind(spec: Cluster, network: NetworkName): AddressKind {
  switch (spec.networks[network]?.kind) {
    case 'public':
      return 'public';
    case 'lan':
      return 'lan';
    case 'sdn':
      return 'sdn';
    case 'wireguard':
      return 'overlay';
    case 'tailnet':
      return 'tailnet';
    case undefined:
      throw new Error(`no network ${network}`);
  }
}

/** Whether a network is made of tunnels: its addresses are on no other link. */
export function isOverlay(spec: Cluster, network: NetworkName): boolean {
  const kind = spec.networks[network]?.kind;
  return kind === 'wireguard' || kind === 'tailnet';
}

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

/** What protects traffic in clear on a network: the overlay's own encryption, or nothing. */
export function networkEncryption(spec: Cluster, name: NetworkName): string | undefined {
  const kind = spec.networks[name]?.kind;
  if (kind === 'wireguard') return `WireGuard (${name})`;
  if (kind === 'tailnet') return 'WireGuard (Tailscale)';
  return undefined;
}

import type { Cluster } from '../spec/cluster';
import type { NetworkName } from './claim';
import type { AddressKind } from './flow';

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

/** Whether a network is an overlay that wg-quick makes here: a tailnet is none. */
export function isWireguard(spec: Cluster, network: NetworkName): boolean {
  return spec.networks[network]?.kind === 'wireguard';
}

/** What protects traffic in clear on a network: the overlay's own encryption, or nothing. */
export function networkEncryption(spec: Cluster, name: NetworkName): string | undefined {
  const kind = spec.networks[name]?.kind;
  if (kind === 'wireguard') return `WireGuard (${name})`;
  if (kind === 'tailnet') return 'WireGuard (Tailscale)';
  return undefined;
}

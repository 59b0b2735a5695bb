import type { AddressSet } from '../net/address-set';
import type { SpecPath } from '../spec/finding';

export { CONTAINERS, OUTSIDE, PODS, SERVICES } from '../spec/own-networks';

/** The name of a spec's network, or of one that clusters have besides. */
export type NetworkName = string;

/** Addresses that somebody owns, and what for. */
export interface Claim {
  /** Who: a node, a component, a device of somebody else's. */
  readonly owner: string;
  readonly purpose: string;
  readonly network: NetworkName;
  readonly addresses: AddressSet;
  readonly source: SpecPath;
  /** The claim it may lie in, by that claim's source: a node's address lies in its network's prefix. */
  readonly within?: SpecPath;
}

/** What of a network, or beside it, has the addresses of a claim. */
export type ClaimKind = 'network' | 'gateway' | 'leases' | 'reserved' | 'node' | 'pool' | 'other';

const OF_NETWORK: Readonly<Record<string, ClaimKind>> = {
  prefix: 'network',
  gateway: 'gateway',
  dhcp: 'leases',
  reserved: 'reserved',
};

/** Told by where it is written, of which the second step is a name that may be any word. */
export function kindOfClaim({ source: [top, , part] }: Claim): ClaimKind {
  if (top === 'networks') return OF_NETWORK[String(part)] ?? 'other';
  if (top === 'nodes' && part === 'addresses') return 'node';
  return top === 'loadBalancers' && part === 'pools' ? 'pool' : 'other';
}

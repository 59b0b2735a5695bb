import type { AddressSet } from '../net/address-set';
import type { SpecPath } from '../spec/finding';

/** Names of a spec's networks, and these that clusters have besides. */
export type NetworkName = string;
export const PODS = 'pods';
export const SERVICES = 'services';
/** Of Docker's own networks, where a cluster has a Swarm. */
export const CONTAINERS = 'containers';
/** Whatever lies beyond the cluster's own networks. */
export const OUTSIDE = 'outside';

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

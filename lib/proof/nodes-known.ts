import { AddressSet } from '../net/address-set';
import { nodeAddresses } from '../plan/nodes';
import { oncePer } from '../plan/once';
import type { Cluster } from '../spec/cluster';

/** The nodes' own addresses, on all networks. */
export const allNodes = oncePer((spec: Cluster) =>
  AddressSet.of(...Object.keys(spec.networks).map((network) => nodeAddresses(spec, 'all', network))),
);

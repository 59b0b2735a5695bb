import { AddressSet } from '../net/address-set';
import { LINK_LOCAL } from '../net/well-known';
import { podAddresses, serviceAddresses } from './cluster-ranges';
import { allNodeAddresses } from './nodes';
import { oncePer } from './once';
import type { Plan } from './plan';

type Known = Pick<Plan, 'spec' | 'podNetwork'>;

/**
 * Addresses that nobody beyond the cluster has: those of pods, Services and nodes, and those that never leave a link, on
 * which clouds tell a machine its secrets.
 */
export const clusterOwn = oncePer(
  ({ spec, podNetwork }: Known): AddressSet =>
    AddressSet.of(
      podAddresses(spec),
      serviceAddresses(spec),
      allNodeAddresses(spec),
      podNetwork.nodesAppearAs ?? AddressSet.empty,
      LINK_LOCAL,
    ),
);

/** What anyone, or a DNS name of unknown addresses, is to an engine that knows addresses alone: Cilium's `world`. */
export const beyondCluster = oncePer((plan: Known) => AddressSet.everything.difference(clusterOwn(plan)));

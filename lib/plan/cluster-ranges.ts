import { AddressSet } from '../net/address-set';
import type { Cluster } from '../spec/cluster';
import { oncePer } from './once';

/** Families of the pods' own addresses. */
export function podFamilies(spec: Cluster): (4 | 6)[] {
  return [...new Set(spec.k3s.clusterCidrs.map((cidr) => cidr.family))].sort();
}

/** Every address that a pod may have. */
export const podAddresses = oncePer(({ k3s }: Cluster) => AddressSet.of(...k3s.clusterCidrs));

/** Every address that a Service of the cluster may have. */
export const serviceAddresses = oncePer(({ k3s }: Cluster) => AddressSet.of(...k3s.serviceCidrs));

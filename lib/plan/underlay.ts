import { AddressSet } from '../net/address-set';
import type { MtuSum } from '../net/mtu';
import type { Cluster } from '../spec/cluster';
import { leastMtu } from './network-kind';
import { oncePer } from './once';

/** The smallest link that a node has to the node network: what every packet between nodes must fit into. */
export function linkMtu(spec: Cluster): MtuSum {
  return leastMtu(spec, spec.k3s.nodeNetwork);
}

/** Families of the pods' own addresses. */
export function podFamilies(spec: Cluster): (4 | 6)[] {
  return [...new Set(spec.k3s.clusterCidrs.map((cidr) => cidr.family))].sort();
}

/** Every address that a pod may have. */
export const podAddresses = oncePer(({ k3s }: Cluster) => AddressSet.of(...k3s.clusterCidrs));

/** Every address that a Service of the cluster may have. */
export const serviceAddresses = oncePer(({ k3s }: Cluster) => AddressSet.of(...k3s.serviceCidrs));

/** Families of the packets between nodes: those that pods and every node have in common. */
export function outerFamilies(spec: Cluster): (4 | 6)[] {
  return podFamilies(spec).filter((family) =>
    Object.values(spec.nodes).every((node) =>
      (node.addresses[spec.k3s.nodeNetwork] ?? []).some((address) => address.family === family),
    ),
  );
}

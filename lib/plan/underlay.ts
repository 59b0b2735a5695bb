import type { MtuSum } from '../net/mtu';
import type { Cluster } from '../spec/cluster';
import { podFamilies } from './cluster-ranges';
import { leastMtu } from './network-mtu';

/** The smallest link that a node has to the node network: what every packet between nodes must fit into. */
export function linkMtu(spec: Cluster): MtuSum {
  return leastMtu(spec, spec.k3s.nodeNetwork);
}

/** Families of the packets between nodes: those that pods and every node have in common. */
export function outerFamilies(spec: Cluster): (4 | 6)[] {
  return podFamilies(spec).filter((family) =>
    Object.values(spec.nodes).every((node) =>
      (node.addresses[spec.k3s.nodeNetwork] ?? []).some((address) => address.family === family),
    ),
  );
}

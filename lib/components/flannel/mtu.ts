import type { MtuSum } from '../../net/mtu';
import { networkMtu } from '../../plan/network-kind';
import type { Cluster } from '../../spec/cluster';
import type { Backend } from './backend';

/** The MTU Flannel gives its device and every pod, from the smallest link of the node network. */
export function mtuOf(backend: Backend, spec: Cluster): MtuSum {
  const link = linkMtu(spec);
  return backend.overhead === undefined ? link : link.minus(backend.overhead.label, backend.overhead.bytes);
}

function linkMtu(spec: Cluster): MtuSum {
  const network = spec.k3s.nodeNetwork;
  const sums = Object.keys(spec.nodes).map((node) => networkMtu(spec, network, node));
  return sums.reduce((least, sum) => (sum.bytes < least.bytes ? sum : least), networkMtu(spec, network));
}

/** Families of the pods' own addresses. */
export function familiesOf(spec: Cluster): (4 | 6)[] {
  return [...new Set(spec.k3s.clusterCidrs.map((cidr) => cidr.family))].sort();
}

/** Families of the packets between nodes: those that pods and every node have in common. */
export function outerFamilies(spec: Cluster): (4 | 6)[] {
  return familiesOf(spec).filter((family) =>
    Object.values(spec.nodes).every((node) =>
      (node.addresses[spec.k3s.nodeNetwork] ?? []).some((address) => address.family === family),
    ),
  );
}

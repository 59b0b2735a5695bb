import type { MtuSum } from '../../net/mtu';
import { linkMtu } from '../../plan/underlay';
import type { Cluster } from '../../spec/cluster';
import type { Backend } from './backend';

/** The MTU Flannel gives its device and every pod, from the smallest link of the node network. */
export function mtuOf(backend: Backend, spec: Cluster): MtuSum {
  const link = linkMtu(spec);
  return backend.overhead === undefined ? link : link.minus(backend.overhead.label, backend.overhead.bytes);
}

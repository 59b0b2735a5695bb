import type { Family } from '../../net/address';
import type { MtuSum } from '../../net/mtu';
import { linkMtu } from '../../plan/underlay';
import type { Cluster } from '../../spec/cluster';
import type { Backend } from './backend';

/** The MTU Flannel gives every pod, from the smallest link of the node network. */
export function mtuOf(backend: Backend, spec: Cluster): MtuSum {
  const link = linkMtu(spec);
  return backend.overhead === undefined ? link : link.minus(backend.overhead.label, backend.overhead.bytes);
}

/** The MTU of a tunnel's device: what Flannel asks for, or what the kernel grants. Source: linux drivers/net/vxlan, vxlan_config_apply. */
export function deviceMtuOf(backend: Backend, outer: Family, spec: Cluster): MtuSum {
  const granted = outer === 6 ? backend.kernelOverhead?.[6] : undefined;
  return granted === undefined ? mtuOf(backend, spec) : linkMtu(spec).minus(granted.label, granted.bytes);
}

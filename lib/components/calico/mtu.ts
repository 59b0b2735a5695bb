import { MtuSum } from '../../net/mtu';
import type { Overhead } from '../../net/well-known-mtu';
import type { MtuPath } from '../../plan/declares';
import { linkMtu, outerFamilies } from '../../plan/underlay';
import type { Cluster } from '../../spec/cluster';
import { encapsulationOf, WIREGUARD } from './encapsulation';
import type { CalicoOptions } from './options';

/**
 * The largest packet of a pod. WireGuard takes the place of the tunnel and does not run inside it, so that only the
 * larger of the two counts. Source: felix `int_dataplane.go`, determinePodMTU.
 */
export function podMtu(options: CalicoOptions, spec: Cluster): MtuSum {
  if (options.mtuBytes !== undefined) return MtuSum.of(options.mtuBytes);
  const [largest] = overheads(options, spec).sort((a, b) => b.bytes - a.bytes);
  const link = linkMtu(spec);
  return largest === undefined ? link : link.minus(largest.label, largest.bytes);
}

function overheads(options: CalicoOptions, spec: Cluster): Overhead[] {
  const tunnel = encapsulationOf(options).overhead;
  return outerFamilies(spec).flatMap((family) => [
    ...(tunnel[family] === undefined ? [] : [tunnel[family]]),
    ...(options.wireguard ? [WIREGUARD.overhead[family]] : []),
  ]);
}

export function mtuPaths(options: CalicoOptions, spec: Cluster): Omit<MtuPath, 'owner'>[] {
  return [{ device: 'eth0 of every pod, and its cali… on the node', on: 'every node', sum: podMtu(options, spec) }];
}

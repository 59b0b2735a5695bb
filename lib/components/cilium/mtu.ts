import { MtuSum } from '../../net/mtu';
import { OVERHEAD, type Overhead } from '../../net/well-known-mtu';
import type { MtuPath } from '../../plan/declares';
import { linkMtu, outerFamilies } from '../../plan/underlay';
import type { Cluster } from '../../spec/cluster';
import { LINES } from './line';
import type { CiliumOptions } from './options';
import { tunnelOf, WIREGUARD_DEVICE } from './routing';

/** The link that Cilium starts from: the chart's `MTU`. What the layers take, it subtracts by itself. */
export function baseMtu({ mtuBytes }: CiliumOptions, spec: Cluster): MtuSum {
  return mtuBytes === undefined ? linkMtu(spec) : MtuSum.of(mtuBytes);
}

/** The largest packet to a pod of another node. A tunnel's packet is itself encrypted, so that both take their share. */
export function routeMtu(options: CiliumOptions, spec: Cluster): MtuSum {
  const layers = [tunnelOverhead(options, spec), encryptionOverhead(options)];
  return layers.reduce<MtuSum>(
    (rest, layer) => (layer === undefined ? rest : rest.minus(layer.label, layer.bytes)),
    baseMtu(options, spec),
  );
}

function tunnelOverhead(options: CiliumOptions, spec: Cluster): Overhead | undefined {
  // Cilium prefers IPv4 underneath wherever the nodes have it.
  return tunnelOf(options)?.overhead[outerFamilies(spec).includes(4) ? 4 : 6];
}

function encryptionOverhead({ encryption, version }: CiliumOptions): Overhead | undefined {
  switch (encryption) {
    case 'none':
      return undefined;
    case 'wireguard':
      return LINES[version].wireguard;
    case 'ipsec':
      return OVERHEAD.ciliumIpsec;
  }
}

/** Cilium sets the sum as the MTU of pods' routes; the devices keep the link's. Source: Cilium pkg/mtu. */
export function mtuPaths(options: CiliumOptions, spec: Cluster): Omit<MtuPath, 'owner'>[] {
  const base = baseMtu(options, spec);
  const { label, bytes } = LINES[options.version].wireguard;
  return [
    { device: 'eth0 of every pod', on: 'every node', sum: base },
    { device: 'routes of every pod to other nodes', on: 'every node', sum: routeMtu(options, spec) },
    ...(options.encryption === 'wireguard'
      ? [{ device: WIREGUARD_DEVICE, on: 'every node', sum: base.minus(label, bytes) }]
      : []),
  ];
}

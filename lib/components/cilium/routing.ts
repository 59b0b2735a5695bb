import type { PortRange } from '../../net/port';
import { OVERHEAD, type Overhead } from '../../net/well-known-mtu';
import { PORTS } from '../../net/well-known-ports';
import type { CiliumOptions } from './options';

/** How one of Cilium's tunnels looks on the wire. */
export interface Tunnel {
  readonly name: 'geneve' | 'vxlan';
  readonly label: string;
  readonly port: PortRange;
  readonly device: string;
  /** By the family of the outer packet. */
  readonly overhead: Readonly<Record<4 | 6, Overhead>>;
}

/** Source: Cilium docs, system requirements; pkg/datapath/linux/device.go for the devices. */
const TUNNELS: Readonly<Record<Tunnel['name'], Tunnel>> = {
  geneve: {
    name: 'geneve',
    label: 'Geneve',
    port: PORTS.ciliumGeneve.range,
    device: 'cilium_geneve',
    overhead: { 4: OVERHEAD.geneve4, 6: OVERHEAD.geneve6 },
  },
  vxlan: {
    name: 'vxlan',
    label: 'VXLAN',
    port: PORTS.ciliumVxlan.range,
    device: 'cilium_vxlan',
    overhead: { 4: OVERHEAD.vxlan4, 6: OVERHEAD.vxlan6 },
  },
};

/** The tunnel in use; undefined where pods' packets travel as they are. */
export function tunnelOf({ routing }: CiliumOptions): Tunnel | undefined {
  return routing === 'native' ? undefined : TUNNELS[routing];
}

/** The device of Cilium's own WireGuard. Source: Cilium pkg/wireguard/types. */
export const WIREGUARD_DEVICE = 'cilium_wg0';

/** What protects pods' packets between nodes, and exactly which: Cilium encrypts less than its options' names say. */
export function encryptedBy({ encryption, nodeEncryption }: CiliumOptions): string | undefined {
  switch (encryption) {
    case 'none':
      return undefined;
    case 'ipsec':
      return "Cilium's pod-to-pod IPsec";
    case 'wireguard':
      return nodeEncryption
        ? "Cilium's WireGuard (pod to pod, and agents' own traffic)"
        : "Cilium's pod-to-pod WireGuard";
  }
}

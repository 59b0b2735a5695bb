import { OVERHEAD, type Overhead } from '../../net/well-known-mtu';
import type { CalicoOptions } from './options';

/** How one of Calico's encapsulations looks on the wire. */
export interface Encapsulation {
  readonly name: 'vxlan' | 'ipip' | 'none';
  readonly label: string;
  /** Tunnel devices, by the pods' family. Source: felix, dataplane/linux. */
  readonly devices: { readonly 4?: string; readonly 6?: string };
  /** By the family of the outer packet. */
  readonly overhead: { readonly 4?: Overhead; readonly 6?: Overhead };
  /** Whether packets to a node on the same subnet travel as they are. */
  readonly bareInSubnet: boolean;
}

const VXLAN: Encapsulation = {
  name: 'vxlan',
  label: 'VXLAN',
  devices: { 4: 'vxlan.calico', 6: 'vxlan-v6.calico' },
  overhead: { 4: OVERHEAD.vxlan4, 6: OVERHEAD.vxlan6 },
  bareInSubnet: false,
};

const IPIP: Encapsulation = {
  name: 'ipip',
  label: 'IP-in-IP',
  devices: { 4: 'tunl0' },
  overhead: { 4: OVERHEAD.ipip },
  bareInSubnet: false,
};

const NONE: Encapsulation = { name: 'none', label: 'no tunnel', devices: {}, overhead: {}, bareInSubnet: true };

const ENCAPSULATIONS: Readonly<Record<CalicoOptions['encapsulation'], Encapsulation>> = {
  VXLAN,
  VXLANCrossSubnet: { ...VXLAN, bareInSubnet: true },
  IPIP,
  IPIPCrossSubnet: { ...IPIP, bareInSubnet: true },
  None: NONE,
};

export function encapsulationOf({ encapsulation }: CalicoOptions): Encapsulation {
  return ENCAPSULATIONS[encapsulation];
}

/** Whether pods' packets of a family travel as they are: IP-in-IP carries IPv4 alone. Source: Calico docs, IPPool. */
export function isBare({ name, bareInSubnet }: Encapsulation, family: 4 | 6): boolean {
  return bareInSubnet || (name === 'ipip' && family === 6);
}

/** What protects pods' packets between nodes, where it is asked for. */
export const WIREGUARD = {
  label: "Calico's pod-to-pod WireGuard",
  devices: { 4: 'wireguard.cali', 6: 'wg-v6.cali' },
  overhead: { 4: OVERHEAD.wireguard4, 6: OVERHEAD.wireguard6 },
} as const;

import type { AddressSet } from '../net/address-set';
import type { NetworkName } from './claim';
import { leastMtu } from './network-mtu';
import type { MtuSum } from '../net/mtu';
import type { PortRange } from '../net/port';
import type { Cluster } from '../spec/cluster';

/** How the CNI carries pods' packets, as far as anything that enforces or measures must know. */
export interface PodNetwork {
  readonly owner: string;
  /** Devices by which a node's own pods reach it: `cni0`; a trailing `*` stands for any end. */
  readonly podDevices: readonly string[];
  /** Devices by which other nodes' pods reach it. None: they arrive on the underlay itself. */
  readonly tunnelDevices: readonly string[];
  /** The network that carries traffic between nodes. */
  readonly underlay: NetworkName;
  readonly encapsulation: 'vxlan' | 'geneve' | 'wireguard' | 'ipip' | 'none';
  /** What protects pod traffic between nodes. Absent: nothing. */
  readonly encryptedBy?: string;
  /**
   * What `encryptedBy` covers: packets from a pod to a pod of another node alone, or also what a node's own processes
   * send there. @default to-pods (Flannel, whose tunnel takes both)
   */
  readonly encrypts?: 'pod-to-pod' | 'to-pods';
  /** Largest packet of a pod, with the terms of its sum. */
  readonly mtu: MtuSum;
  /** Whether a pod's packet to another node's own address leaves under its node's address. */
  readonly masquerades: boolean;
  /** Under which address a pod calls what is beyond the cluster. @default node (Flannel, Cilium) */
  readonly leavesAs?: 'node' | 'pod';
  /**
   * What is on the wire of the underlay where the tunnel's packets travel inside another's: its port is the one that a
   * firewall on the way must let through, its device the one on which the tunnel's own packets are seen. Absent: the tunnel is.
   */
  readonly wrappedIn?: { readonly port: PortRange; readonly device: string };
  /**
   * Addresses under which a pod meets whatever another node itself sends it: that node's processes, and callers whose
   * address the node hides. Absent: the engine knows nodes by who they are (Cilium).
   */
  readonly nodesAppearAs?: AddressSet;
  /** The same in words, for the document: how policies know a node, and what they do not tell apart. */
  readonly nodesKnown?: string;
  /**
   * How a pod's packet gets to another node's own address: as it is on the underlay, or in the tunnel, where it keeps
   * the pod's address and identity and its encryption is not promised. @default underlay (Flannel)
   */
  readonly toNodes?: 'underlay' | 'tunnel';
}

/** Of a cluster without K3s: what passes between its nodes is not pods'. */
export function noPods(spec: Cluster): PodNetwork {
  return {
    owner: 'none',
    podDevices: [],
    tunnelDevices: [],
    underlay: spec.k3s.nodeNetwork,
    encapsulation: 'none',
    mtu: leastMtu(spec, spec.k3s.nodeNetwork),
    masquerades: false,
  };
}

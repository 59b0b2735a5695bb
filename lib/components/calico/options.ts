import { z } from 'zod';
import { mtuBytes } from '../../spec/fields';

/** Calico, installed by Tigera's operator, as the pod network. */
export const calicoOptions = z.strictObject({
  kind: z.literal('calico'),
  /** How pod traffic crosses the nodes' network, by Calico's names. @default VXLAN (Wayleave) */
  encapsulation: z.enum(['VXLAN', 'VXLANCrossSubnet', 'IPIP', 'IPIPCrossSubnet', 'None']).default('VXLAN'),
  /** Length of the prefix that a node takes at a time. @default 26 (Calico) */
  blockSize: z.int().min(20).max(128).default(26),
  /** Whether pods leave the cluster under their node's address. @default true (Wayleave) */
  natOutgoing: z.boolean().default(true),
  /** Whether nodes exchange routes by BGP; IPIP and None need it. @default false (Wayleave) */
  bgp: z.boolean().default(false),
  /** Whether WireGuard protects pod traffic between nodes. @default false (Calico) */
  wireguard: z.boolean().default(false),
  /** Bytes of a pod's link. @default the node network's less the encapsulation */
  mtuBytes: mtuBytes().optional(),
  /** Whether hosts are protected by Calico's own policies, NodePorts and forwarded traffic included. @default false (Wayleave) */
  hostEndpoints: z.boolean().default(false),
});

export type CalicoOptions = z.output<typeof calicoOptions>;

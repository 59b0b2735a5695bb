import { z } from 'zod';
import { CALICO_TUNNEL_CIDRS } from '../../net/well-known';
import { mtuBytes, prefix } from '../../spec/fields';

/** Calico, installed by Tigera's operator, as the pod network. */
export const calicoOptions = z
  .strictObject({
    kind: z.literal('calico'),
    /** How pod traffic crosses the nodes' network, by Calico's names. @default VXLAN (Wayleave) */
    encapsulation: z.enum(['VXLAN', 'VXLANCrossSubnet', 'IPIP', 'IPIPCrossSubnet', 'None']).default('VXLAN'),
    /** Length of the prefix that a node takes at a time, of IPv4; an IPv6 one is 96 longer. @default 26 (Calico) */
    blockSize: z.int().min(20).max(32).default(26),
    /**
     * Ranges for the addresses of nodes' tunnel devices alone, one a family, so that policies can tell a node from a pod.
     * @default 10.44.0.0/22 and, for pods with IPv6, fd00:10:44::/118 (Wayleave)
     */
    tunnelCidrs: z.array(prefix()).max(2).prefault(CALICO_TUNNEL_CIDRS),
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
  })
  .refine(({ encapsulation, bgp }) => bgp || encapsulation.startsWith('VXLAN'), {
    path: ['bgp'],
    message: 'must be true with IPIP, IPIPCrossSubnet and None: by BGP alone do nodes learn each other’s routes',
  });

export type CalicoOptions = z.output<typeof calicoOptions>;

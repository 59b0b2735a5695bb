import { z } from 'zod';
import { interfaceName, mtuBytes } from '../../spec/fields';

/** Lines of Cilium's releases that Wayleave writes values for; `versions.ts` pins the release of each. */
export const CILIUM_LINES = ['1.18', '1.20'] as const;
export type CiliumLine = (typeof CILIUM_LINES)[number];

/** Cilium as the pod network. */
export const ciliumOptions = z.strictObject({
  kind: z.literal('cilium'),
  /** Line of releases; some of the chart's keys differ between them. @default 1.20 (Wayleave) */
  version: z.enum(CILIUM_LINES).default('1.20'),
  /** Whether Cilium routes Services, in place of kube-proxy. @default true (Wayleave; Cilium's chart says false) */
  kubeProxyReplacement: z.boolean().default(true),
  /** How pod traffic crosses the nodes' network. @default vxlan (Cilium) */
  routing: z.enum(['vxlan', 'geneve', 'native']).default('vxlan'),
  /** What protects pod traffic between nodes; `ipsec` needs `hostFirewall: false`. @default none (Cilium) */
  encryption: z.enum(['none', 'wireguard', 'ipsec']).default('none'),
  /** Whether WireGuard also protects agents' own traffic; Cilium leaves servers out of it. @default false (Cilium) */
  nodeEncryption: z.boolean().default(false),
  /** Whether packets between pods that WireGuard would leave in clear are dropped. @default false (Cilium) */
  strictEncryption: z.boolean().default(false),
  /**
   * Interfaces whose traffic Cilium handles.
   * @default with a host firewall those of every network (Wayleave), else what it finds by itself (Cilium)
   */
  devices: z.array(interfaceName()).min(1).optional(),
  /** Bytes of the nodes' link; the layers above are subtracted by Cilium. @default the node network's */
  mtuBytes: mtuBytes().optional(),
  /** Size of each node's pod range. @default 24 (Cilium) */
  nodeMaskBits: z.int().min(8).max(128).default(24),
  /** Agents' view of the traffic. */
  hubble: z
    .strictObject({
      /** @default true (Wayleave) */
      relay: z.boolean().default(true),
      /** @default false (Cilium) */
      ui: z.boolean().default(false),
    })
    .optional(),
  /** Whether Cilium answers ARP for LoadBalancer addresses. @default false (Cilium) */
  l2Announcements: z.boolean().default(false),
  /** Whether host firewalls are Cilium's own policies; netfilter does not see its NodePorts. @default true (Wayleave) */
  hostFirewall: z.boolean().default(true),
  /** Operator replicas; never more than nodes. @default 1 on one node, else 2 (Wayleave) */
  operatorReplicas: z.int().min(1).optional(),
});

export type CiliumOptions = z.output<typeof ciliumOptions>;

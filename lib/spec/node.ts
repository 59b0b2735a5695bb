import { z } from 'zod';
import { ARCHES } from './arch';
import { address, interfaceName, label, mtuBytes, named, nodeLabels, notes, port, prefix, reference } from './fields';
import { TAINT } from './label-syntax';

export const ROLES = ['server', 'agent'] as const;

/** One machine of the cluster. */
export const node = z.strictObject({
  /** The machine's own name, as Kubernetes shows it. @default the node's name in the spec */
  hostname: label().optional(),
  /** `server` runs K3s's control plane, `agent` only workloads. @default none (Wayleave); K3s needs one, Swarm has `swarm.managers` */
  role: z.enum(ROLES).optional(),
  /** @default amd64 (Wayleave) */
  arch: z.enum(ARCHES).default('amd64'),
  /** Kubernetes labels beside those K3s sets. */
  labels: nodeLabels().default({}),
  /** Taints as K3s takes them: `key=value:Effect`. */
  taints: z
    .array(
      z
        .string()
        .regex(
          TAINT,
          'must be key=value:Effect: NoSchedule, PreferNoSchedule or NoExecute, key and value as in labels',
        ),
    )
    .default([]),
  /** Its addresses, by network; the first of a family is the one peers use. */
  addresses: named(reference('network'), z.union([address().transform((one) => [one]), z.array(address()).min(1)])),
  /** Interfaces where they differ from the network's. */
  interfaces: named(reference('network'), interfaceName()).default({}),
  /** Bytes, where the machine's link is smaller than the network's. */
  mtuBytes: named(reference('network'), mtuBytes()).default({}),
  /** Its end of each WireGuard overlay, by network. The private key stays on the machine. */
  wireguard: named(
    reference('WireGuard network'),
    z.strictObject({
      /** 32 bytes, base64. Made on the machine. */
      publicKey: z
        .string()
        .regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/, 'must be a WireGuard public key: 32 bytes as base64'),
      /** Whether peers cannot dial it, so that it must keep the tunnel open. @default false (Wayleave) */
      behindNat: z.boolean().default(false),
      /** Port peers dial, where a router maps another one. @default the network's port */
      endpointPort: port().optional(),
    }),
  ).default({}),
  /**
   * Pod range it was seen with (`kubectl get node NAME -o jsonpath={.spec.podCIDR}`). K3s assigns these in joining order at
   * run time. Where every node states its own, policies under Flannel's tunnels name few addresses instead of every
   * possible one: those of ranges up to eight beyond the highest. Flannel's host-gw on a WireGuard network needs them, for
   * peers' AllowedIPs. @default unknown
   */
  observedPodRange: prefix().optional(),
  /** Facts of the machine worth knowing, for the document: type, operating system, place. @default none */
  notes: notes(),
});

/** A node as it is written. */
export type WrittenNode = z.output<typeof node>;

/** A node of which it is settled what it is: without K3s, Swarm's managers are its servers. */
export type Node = WrittenNode & { readonly role: (typeof ROLES)[number] };

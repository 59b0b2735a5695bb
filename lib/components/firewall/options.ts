import { z } from 'zod';
import { nodeSelector, port, portRange, reason, reference, source } from '../../spec/fields';

/** The host firewall of every node: closed but for the plan's flows. */
export const firewallOptions = z.strictObject({
  /** What enforces it. `none`: Wayleave writes no host firewall. */
  kind: z.enum(['nftables', 'ufw', 'none']),
  /** The way in for operators. */
  ssh: z
    .strictObject({
      /** @default 22 (OpenSSH) */
      port: port().default(22),
      /** @default anywhere (Wayleave: a rule that locks its author out is worse) */
      from: z.array(source()).prefault(['anywhere']),
    })
    .prefault({}),
  /** Whether ping is answered from anywhere. @default true (Wayleave; path MTU discovery is always let in) */
  answerPing: z.boolean().default(true),
  /** Openings for processes that Wayleave does not know. */
  allow: z
    .array(
      z.strictObject({
        from: z.array(source()).min(1),
        port: portRange(),
        protocol: z.enum(['tcp', 'udp', 'sctp']).default('tcp'),
        /** The network by which all of them come in. @default each caller's own where the nodes are on it, else the node network */
        network: reference('network').optional(),
        nodes: nodeSelector().default('all'),
        /** What protects it on the wire. */
        encryptedBy: z.string().optional(),
        reason: reason(),
      }),
    )
    .default([]),
});

export type FirewallOptions = z.output<typeof firewallOptions>;

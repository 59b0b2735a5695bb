import { z } from 'zod';
import { hostName, port, prefix, reference, source } from '../../spec/fields';

/** A wildcard zone answered on the nodes, for machines that are not on the overlay. */
const dnsmasq = z.strictObject({
  /** The zone of which every name gets one answer. */
  zone: hostName(),
  /** The node whose address is the answer. */
  node: reference('node'),
  /** The network of that address, for those who ask from outside. */
  network: reference('network'),
  /** Port that Docker publishes for it. @default 5053 (Wayleave) */
  publishedPort: port().default(5053),
  /** Port that the host sends on to the published one. @default 53 (DNS) */
  redirectFrom: port().default(53),
  /** Who may ask. @default nobody beside the nodes (Wayleave) */
  allowFrom: z.array(source()).default([]),
});

/** Docker Swarm on the cluster's nodes. */
export const swarmOptions = z.strictObject({
  /** Nodes that vote; an odd number survives most failures. */
  managers: z.array(reference('node')).min(1),
  /** The network that carries all of it: 2377, 7946 and 4789 are open there alone. */
  network: reference('network'),
  /** Pool for overlay networks (--default-addr-pool). */
  addressPool: prefix(),
  /** Pool for bridges on each host (daemon.json). */
  bridgePool: prefix(),
  /** EasyHAProxy, published on 80 and 443 of every node. @default not (Wayleave) */
  easyhaproxy: z
    .strictObject({
      /** Who may reach it. @default anywhere (Wayleave) */
      allowFrom: z.array(source()).prefault(['anywhere']),
    })
    .optional(),
  dnsmasq: dnsmasq.optional(),
});

export type SwarmOptions = z.output<typeof swarmOptions>;

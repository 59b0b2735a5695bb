import { z } from 'zod';
import { hostName, port, reference, source } from '../../spec/fields';

/** A wildcard zone answered on a node of the Swarm, for machines that are not on the overlay as well. */
export const dnsmasqOptions = z.strictObject({
  /** The zone of which every name gets one answer. */
  zone: hostName(),
  /** The node that answers, and whose address is the answer. */
  node: reference('node'),
  /** The network of that address. By it everyone asks from outside who is on no other network of the node's. */
  network: reference('network'),
  /** Port that Docker publishes for it. @default 5053 (Wayleave) */
  publishedPort: port().default(5053),
  /** Port that the host sends on to the published one. @default 53 (DNS) */
  redirectFrom: port().default(53),
  /** Who may ask. @default nobody beside the nodes and their containers (Wayleave) */
  allowFrom: z.array(source()).default([]),
});

export type DnsmasqOptions = z.output<typeof dnsmasqOptions>;

import { z } from 'zod';
import { nodeSelector } from '../../spec/fields';

/** K3s's own load balancer (Klipper): each LoadBalancer Service opens its ports on the nodes themselves. */
export const servicelbOptions = z.strictObject({
  kind: z.literal('servicelb'),
  /** Nodes that open ports. @default all (K3s) */
  nodes: nodeSelector().default('all'),
});

export type ServicelbOptions = z.output<typeof servicelbOptions>;

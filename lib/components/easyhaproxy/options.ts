import { z } from 'zod';
import { label, nodeSelector, reference, source } from '../../spec/fields';

/** EasyHAProxy on the nodes' own ports 80 and 443. */
export const easyhaproxyOptions = z.strictObject({
  kind: z.literal('easyhaproxy'),
  /** Name by which apps refer to it. @default easyhaproxy */
  name: label().default('easyhaproxy'),
  /** @default easyhaproxy (its chart) */
  namespace: label().default('easyhaproxy'),
  /** Nodes it runs on. @default all (Wayleave) */
  nodes: nodeSelector().default('all'),
  /** The network whose addresses clients dial. @default the node network */
  network: reference('network').optional(),
  /** Who may reach it. @default anywhere (Wayleave) */
  allowFrom: z.array(source()).prefault(['anywhere']),
});

export type EasyhaproxyOptions = z.output<typeof easyhaproxyOptions>;

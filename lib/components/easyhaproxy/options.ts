import { z } from 'zod';
import { label, nodeSelector, reference, source } from '../../spec/fields';

/** The class of the Ingresses it serves: the chart names it so, whatever the release is called. */
export const EASYHAPROXY_CLASS = 'easyhaproxy';

/** EasyHAProxy on the nodes' own ports 80 and 443: a pod on each node, behind host ports. */
export const easyhaproxyOptions = z.strictObject({
  kind: z.literal('easyhaproxy'),
  /** Name by which apps refer to it. @default easyhaproxy */
  name: label().default('easyhaproxy'),
  /** @default easyhaproxy (its documentation) */
  namespace: label().default('easyhaproxy'),
  /** Nodes it runs on. Its chart knows no tolerations. @default all (Wayleave) */
  nodes: nodeSelector().default('all'),
  /**
   * The network whose addresses clients dial, but for those of `allowFrom` who are on another one of its nodes': they dial
   * them there. @default the node network, or the way out where that is an overlay
   */
  network: reference('network').optional(),
  /** Oldest TLS that clients may speak, in its own words. @default default (EasyHAProxy; its chart says loose) */
  sslMode: z.enum(['strict', 'default', 'loose']).default('default'),
  /** Who may reach it. @default anywhere (Wayleave) */
  allowFrom: z.array(source()).prefault(['anywhere']),
});

export type EasyhaproxyOptions = z.output<typeof easyhaproxyOptions>;

/** EasyHAProxy as a service of the Swarm, published on 80 and 443 of every node. */
export const easyhaproxyServiceOptions = z.strictObject({
  /**
   * The network whose addresses clients dial, but for those of `allowFrom` who are on another one of the nodes': they dial
   * them there. @default the Swarm's network, or the way out where that is an overlay
   */
  network: reference('network').optional(),
  /** Oldest TLS that clients may speak, in its own words. @default default (EasyHAProxy) */
  sslMode: z.enum(['strict', 'default', 'loose']).default('default'),
  /** Who may reach it. @default anywhere (Wayleave) */
  allowFrom: z.array(source()).prefault(['anywhere']),
});

export type EasyhaproxyServiceOptions = z.output<typeof easyhaproxyServiceOptions>;

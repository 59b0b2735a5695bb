import { z } from 'zod';

/** Flannel's way of carrying pod traffic between nodes, by K3s's names. */
const FLANNEL_BACKENDS = ['vxlan', 'wireguard-native', 'host-gw'] as const;
export type FlannelBackend = (typeof FLANNEL_BACKENDS)[number];

/** K3s's own pod network. */
export const flannelOptions = z.strictObject({
  kind: z.literal('flannel'),
  /** @default vxlan (K3s) */
  backend: z.enum(FLANNEL_BACKENDS).default('vxlan'),
  /**
   * Set while the nodes roll from another backend to this one: the ports of both stay open.
   * `true` means the other encapsulating backend. @default false (Wayleave)
   */
  migrating: z.union([z.boolean(), z.strictObject({ from: z.enum(FLANNEL_BACKENDS) })]).default(false),
});

export type FlannelOptions = z.output<typeof flannelOptions>;

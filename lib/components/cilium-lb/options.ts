import { z } from 'zod';
import { addressSet, interfaceName, label, named, nodeSelector, reference } from '../../spec/fields';

/** Cilium's own allocation and layer 2 announcement of LoadBalancer addresses. Needs Cilium as the pod network. */
export const ciliumLbOptions = z.strictObject({
  kind: z.literal('cilium'),
  pools: named(
    label(),
    z.strictObject({
      addresses: addressSet(),
      /** The network they lie in and are announced on. */
      network: reference('network'),
    }),
  ),
  /** Interfaces that announce. @default those of the pools' networks (Wayleave) */
  interfaces: z.array(interfaceName()).min(1).optional(),
  /** Nodes that may announce. @default all (Cilium) */
  nodes: nodeSelector().default('all'),
});

export type CiliumLbOptions = z.output<typeof ciliumLbOptions>;

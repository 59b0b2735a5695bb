import { z } from 'zod';
import { address, addressSet, interfaceName, label, named, nodeSelector, reference } from '../../spec/fields';

/** Addresses that MetalLB may give to LoadBalancer Services. */
const pool = z.strictObject({
  addresses: addressSet(),
  /** The network they lie in and are announced on. */
  network: reference('network'),
  /** Whether a Service that names no pool may get one of these. @default true (MetalLB) */
  autoAssign: z.boolean().default(true),
  /** Name of the object that announces it. @default the pool's (Wayleave) */
  advertisement: label().optional(),
  /** Interfaces that announce it in layer 2. @default those of its network (Wayleave; MetalLB says all) */
  interfaces: z.array(interfaceName()).min(1).optional(),
  /**
   * Nodes that may announce it, but for those with the label `node.kubernetes.io/exclude-from-external-load-balancers`.
   * @default all (MetalLB)
   */
  nodes: nodeSelector().default('all'),
});

/** A router that MetalLB speaks BGP to. */
const peer = z.strictObject({
  address: address(),
  /** Its autonomous system. */
  asn: z.int().min(1).max(4294967295),
  /** The cluster's own autonomous system. */
  myAsn: z.int().min(1).max(4294967295),
  /** Whether failures are found by BFD (RFC 5880). @default false (MetalLB) */
  bfd: z.boolean().default(false),
});

/** Two numbers of 16 bits. Source: RFC 1997. */
const COMMUNITY = 'must be a community: two numbers up to 65535, such as 65535:65282';

/** MetalLB: allocates LoadBalancer addresses and announces them. */
export const metallbOptions = z
  .strictObject({
    kind: z.literal('metallb'),
    /** `l2` by ARP and neighbour discovery, `bgp` by routes. @default l2 (Wayleave) */
    mode: z.enum(['l2', 'bgp']).default('l2'),
    pools: named(label(), pool),
    /** Routers, for `bgp`. */
    peers: named(label(), peer).default({}),
    /** Communities (RFC 1997) put on announced routes, by a name of one's own, for `bgp`. */
    communities: named(
      label(),
      z
        .string()
        .regex(/^\d{1,5}:\d{1,5}$/, COMMUNITY)
        .refine((text) => text.split(':').every((half) => Number(half) <= 0xffff), COMMUNITY),
    ).default({}),
  })
  .refine(({ mode, peers }) => mode === 'l2' || Object.keys(peers).length > 0, {
    path: ['peers'],
    message: 'must name a router to announce to by BGP',
  });

export type MetallbOptions = z.output<typeof metallbOptions>;

import { z } from 'zod';
import { WELL_KNOWN_TAILNET } from '../net/well-known';
import { MTU_BYTES } from '../net/well-known-mtu';
import {
  address,
  addressSet,
  interfaceName,
  label,
  mtuBytes,
  notes,
  prefix,
  reference,
  wireguardInterface,
} from './fields';

/** What every network has, whatever it is made of. */
const common = {
  /** The interface by which the nodes reach it. A node can name another for itself. */
  interface: interfaceName(),
  /** What it is for, in a few words, for the document. */
  purpose: z.string().optional(),
  /** Facts of it worth knowing, for the document: bandwidth, latency, what a provider includes. @default none */
  notes: notes(),
};

/** Somebody else's addresses on a network: printers, hypervisors, other people's machines. */
const reserved = z.strictObject({
  owner: z.string().min(1),
  addresses: addressSet(),
  purpose: z.string().default('reserved'),
});

/** The public internet, or a provider's routed network: every node has addresses of its own and shares no prefix. */
export const publicNetwork = z.strictObject({
  kind: z.literal('public'),
  ...common,
  /** Bytes. @default 1500 (Ethernet) */
  mtuBytes: mtuBytes().default(MTU_BYTES.ethernet),
  /** Whether traffic in clear is acceptable here. @default false (Wayleave) */
  trusted: z.boolean().default(false),
  /** How nodes get their addresses; `dhcp` keeps the client's ports open. @default dhcp (Wayleave; Hetzner and most clouds) */
  addressing: z.enum(['dhcp', 'static']).default('dhcp'),
});

/** One broadcast domain with a prefix of its own. */
export const lanNetwork = z.strictObject({
  kind: z.literal('lan'),
  ...common,
  /**
   * The place it is in, where clusters of other specs are on it too: their addresses on networks of one site are
   * compared with each other. @default none: it is this cluster's own (Wayleave)
   */
  site: label().optional(),
  prefix: prefix(),
  /** The router's address. */
  gateway: address().optional(),
  /** What the DHCP server hands out. Nothing else may lie in it. */
  dhcp: addressSet().optional(),
  /** Addresses that belong to others. */
  reserved: z.array(reserved).default([]),
  /** Bytes. @default 1500 (Ethernet) */
  mtuBytes: mtuBytes().default(MTU_BYTES.ethernet),
  /** Whether traffic in clear is acceptable here. @default true (Wayleave) */
  trusted: z.boolean().default(true),
  /** How nodes get their addresses. @default static (Wayleave) */
  addressing: z.enum(['dhcp', 'static']).default('static'),
});

/** An overlay of WireGuard tunnels between the nodes. */
export const wireguardNetwork = z.strictObject({
  kind: z.literal('wireguard'),
  ...common,
  /** The interface that wg-quick makes on every node. A node can name another for itself. */
  interface: wireguardInterface(),
  prefix: prefix(),
  /** The network that carries the tunnels. */
  over: reference('network'),
  /** UDP port every node listens on. @default 51820 (WireGuard's tools) */
  port: z.int().min(1).max(65535).default(51820),
  /** Bytes. @default the carrier's MTU less 80 (wg-quick, safe for IPv6) */
  mtuBytes: mtuBytes().optional(),
  /** Everyone with everyone, or everyone through one node. @default mesh (Wayleave) */
  topology: z.union([z.literal('mesh'), z.strictObject({ hub: reference('node') })]).default('mesh'),
  /**
   * Whether every two peers also share a key, read from `/etc/wireguard/<interface>.<node>.<node>.psk` on both machines.
   * @default false (WireGuard)
   */
  presharedKeys: z.boolean().default(false),
});

/** A software-defined network below the machines, such as Proxmox's VXLAN zones. */
export const sdnNetwork = z.strictObject({
  kind: z.literal('sdn'),
  ...common,
  /**
   * The place it is in, where clusters of other specs are on it too: their addresses on networks of one site are
   * compared with each other. @default none: it is this cluster's own (Wayleave)
   */
  site: label().optional(),
  prefix: prefix(),
  gateway: address().optional(),
  reserved: z.array(reserved).default([]),
  /** Bytes. @default 1450 (VXLAN over a link of 1500) */
  mtuBytes: mtuBytes().default(1450),
  /** Whether traffic in clear is acceptable here. @default true (Wayleave) */
  trusted: z.boolean().default(true),
});

/** A Tailscale network. */
export const tailnetNetwork = z.strictObject({
  kind: z.literal('tailnet'),
  ...common,
  /** @default 100.64.0.0/10 (Tailscale) */
  prefix: prefix().prefault(WELL_KNOWN_TAILNET),
  /** Bytes. @default 1280 (tailscale net/tstun/mtu.go) */
  mtuBytes: mtuBytes().default(MTU_BYTES.tailscale),
});

export const network = z.discriminatedUnion('kind', [
  publicNetwork,
  lanNetwork,
  wireguardNetwork,
  sdnNetwork,
  tailnetNetwork,
]);

export type Network = z.output<typeof network>;

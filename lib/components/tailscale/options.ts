import { z } from 'zod';
import { label, named, prefix, reference } from '../../spec/fields';

/** A name that the operator takes for a device: a DNS label of at least two characters. */
function tailnetName() {
  return label().min(2, 'must have at least two characters');
}

/** A pod that joins the tailnet and forwards to prefixes behind it. */
const connector = z
  .strictObject({
    /** Name on the tailnet. @default the connector's name (Wayleave; Tailscale appends -connector) */
    hostname: tailnetName().optional(),
    /** Prefixes it advertises; the tailnet's policy must approve them. */
    routes: z.array(prefix()).default([]),
    /** What the tailnet's policy knows it by. @default tag:k8s (Tailscale) */
    tags: z
      .array(z.string().regex(/^tag:[a-zA-Z][a-zA-Z0-9-]*$/, 'must be a tag such as tag:k8s'))
      .min(1)
      .default(['tag:k8s']),
    /** Whether devices may send all their traffic through it. @default false (Tailscale) */
    exitNode: z.boolean().default(false),
  })
  .refine(({ routes, exitNode }) => routes.length > 0 || exitNode, 'must have routes, or be an exit node');

/** Tailscale's operator and its subnet routers. */
export const tailscaleOptions = z.strictObject({
  kind: z.literal('tailscale'),
  /** @default tailscale */
  name: label().default('tailscale'),
  /** @default tailscale (Tailscale) */
  namespace: label().default('tailscale'),
  /** The spec's network that stands for the tailnet. */
  network: reference('tailnet'),
  /** Secret with client_id and client_secret. @default operator-oauth (Tailscale) */
  oauthSecret: label().default('operator-oauth'),
  connectors: named(tailnetName(), connector).default({}),
});

export type TailscaleOptions = z.output<typeof tailscaleOptions>;

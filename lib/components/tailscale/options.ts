import { z } from 'zod';
import { label, named, prefix, reference } from '../../spec/fields';

/** A pod that joins the tailnet and forwards to prefixes behind it. */
const connector = z.strictObject({
  /** Name on the tailnet. @default the connector's name (Tailscale) */
  hostname: label().optional(),
  /** Prefixes it advertises; the tailnet's policy must approve them. */
  routes: z.array(prefix()).default([]),
  /** @default tag:k8s (Tailscale) */
  tags: z.array(z.string().regex(/^tag:[a-z0-9-]+$/, 'must be a tag such as tag:k8s')).default(['tag:k8s']),
  /** Whether devices may send all their traffic through it. @default false (Tailscale) */
  exitNode: z.boolean().default(false),
});

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
  connectors: named(label(), connector).default({}),
});

export type TailscaleOptions = z.output<typeof tailscaleOptions>;

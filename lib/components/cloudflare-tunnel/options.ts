import { z } from 'zod';
import { label, port } from '../../spec/fields';

/** A Cloudflare Tunnel: pods that call Cloudflare, by which requests come in without an open port. */
export const cloudflareTunnelOptions = z.strictObject({
  kind: z.literal('cloudflare-tunnel'),
  /** Name by which apps' hosts refer to it. @default cloudflare-tunnel */
  name: label().default('cloudflare-tunnel'),
  /** @default cloudflare (Wayleave) */
  namespace: label().default('cloudflare'),
  /** The tunnel's id at Cloudflare. Its records are CNAMEs of `<id>.cfargotunnel.com`. */
  tunnelId: z.uuid({ error: "must be the tunnel's id, a UUID" }),
  /** Secret with the tunnel's credentials.json. @default tunnel-credentials (Wayleave) */
  credentialsSecret: label().default('tunnel-credentials'),
  /** Pods, spread over nodes. @default 2 (Wayleave) */
  replicas: z.int().min(1).default(2),
  /** How it calls the edge on port 7844. `auto` tries QUIC (UDP), then HTTP/2 (TCP). @default auto (cloudflared) */
  protocol: z.enum(['auto', 'quic', 'http2']).default('auto'),
  /** Metrics and readiness. @default 2000 (Wayleave) */
  metricsPort: port().default(2000),
});

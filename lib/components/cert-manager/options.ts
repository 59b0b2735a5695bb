import { z } from 'zod';
import { hostName, hostPattern, label, named, reference, secretKey } from '../../spec/fields';

/** How an issuer proves that a name is ours. */
const solver = z.discriminatedUnion('kind', [
  z.strictObject({
    /** A record in a zone at Cloudflare; wildcards need this one. */
    kind: z.literal('dns01-cloudflare'),
    /** Secret with an API token that may edit the zones' records. */
    apiToken: secretKey(),
    /** Zones it serves. @default all (cert-manager) */
    zones: z.array(hostName()).optional(),
  }),
  z.strictObject({
    /** A path on port 80, served by an ingress. */
    kind: z.literal('http01'),
    ingress: reference('ingress'),
  }),
]);

const issuer = z.strictObject({
  /** ACME directory: Let's Encrypt's by name, or another one by URL. */
  server: z.union([
    z.enum(['letsencrypt', 'letsencrypt-staging']),
    z.url({ protocol: /^https$/, error: 'must be an https address' }),
  ]),
  /** Where the authority writes before a certificate expires. */
  email: z.email({ error: 'must be an e-mail address' }).optional(),
  /** Secret that holds the account's key; cert-manager makes it. @default the issuer's name with -account-key (Wayleave) */
  accountKeySecret: label().optional(),
  solvers: z.array(solver).min(1),
});

const certificate = z.strictObject({
  /** Namespace of the certificate and of its Secret. */
  namespace: label(),
  /** Secret that cert-manager fills. @default the certificate's name with -tls (Wayleave) */
  secretName: label().optional(),
  issuer: reference('issuer'),
  names: z.array(hostPattern()).min(1),
  /** @default ecdsa (Wayleave; cert-manager says rsa) */
  key: z.enum(['ecdsa', 'rsa']).default('ecdsa'),
});

/** cert-manager: obtains and renews certificates. */
export const certManagerOptions = z.strictObject({
  kind: z.literal('cert-manager'),
  /** Cluster-wide issuers, by name. */
  issuers: named(label(), issuer),
  certificates: named(label(), certificate).default({}),
  /** Resolvers for DNS-01's own check, as `address:port`; needed where the network answers these names differently inside. */
  recursiveNameservers: z
    .array(z.string().regex(/^(\[[0-9a-f:]+\]|[0-9.]+):\d{1,5}$/, 'must be address:port'))
    .default([]),
});

export type CertManagerOptions = z.output<typeof certManagerOptions>;

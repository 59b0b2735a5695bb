import { z } from 'zod';
import { Address } from '../../net/address';
import { PortRange } from '../../net/port';
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
    z.url({ protocol: /^https$/, error: 'must be letsencrypt, letsencrypt-staging or an https address' }),
  ]),
  /** Where the authority writes before a certificate expires. */
  email: z.email({ error: 'must be an e-mail address' }).optional(),
  /** Secret that holds the account's key; cert-manager makes it. @default the issuer's name with -account-key (Wayleave) */
  accountKeySecret: label().optional(),
  // None is refused by a rule about the whole spec, so that what is wrong with the rest is said in the same run.
  /** How it proves names: at least one. @default none, which is refused */
  solvers: z.array(solver).default([]),
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

/** A resolver as `address:port`, an IPv6 address in brackets. */
const nameserver = z.string().transform((text, context) => {
  const [, inBrackets, bare, digits = ''] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  const address = Address.tryParse(inBrackets ?? bare ?? '');
  const port = Number(digits);
  if (address === undefined || (address.family === 6) !== (inBrackets !== undefined) || port < 1 || port > 65535) {
    context.issues.push({ code: 'custom', message: 'must be address:port, an IPv6 address in brackets', input: text });
    return z.NEVER;
  }
  return { address, port: PortRange.of(port) };
});

/** cert-manager: obtains and renews certificates. */
export const certManagerOptions = z.strictObject({
  kind: z.literal('cert-manager'),
  /** Cluster-wide issuers, by name. */
  issuers: named(label(), issuer),
  certificates: named(label(), certificate).default({}),
  /**
   * Resolvers for DNS-01's own check, as `address:port`, and then no others: needed where the network answers these
   * names differently inside. @default the zones' own nameservers, found by the pod's resolver (cert-manager)
   */
  recursiveNameservers: z.array(nameserver).default([]),
  /** Whether its pods serve metrics, on port 9402. @default false (Wayleave; cert-manager says true) */
  metrics: z.boolean().default(false),
});

export type CertManagerOptions = z.output<typeof certManagerOptions>;

import type { CertManagerOptions } from './options';

type Server = CertManagerOptions['issuers'][string]['server'];

/** Source: letsencrypt.org/docs, ACME protocol updates and staging environment. */
const LETS_ENCRYPT: Readonly<Record<string, string>> = {
  letsencrypt: 'https://acme-v02.api.letsencrypt.org/directory',
  'letsencrypt-staging': 'https://acme-staging-v02.api.letsencrypt.org/directory',
};

/** The address of an issuer's ACME directory. */
export function directoryOf(server: Server): string {
  return LETS_ENCRYPT[server] ?? server;
}

/** What of that address matters to the network. */
export function directoryHost(server: Server): { readonly host: string; readonly port: number } {
  const url = new URL(directoryOf(server));
  return { host: url.hostname, port: url.port === '' ? 443 : Number(url.port) };
}

import { certificateSecret } from '../../plan/certificate-secret';
import type { Note } from '../../plan/declares';
import { sortedEntries } from '../../text/compare';
import { code, table } from '../../text/markdown';
import { directoryHost } from './directory';
import type { CertManagerOptions } from './options';
import { dns01Solvers, http01Certificates } from './solver-pods';

/** Who issues what, and how it is proven, for the document. */
export function certManagerNotes(options: CertManagerOptions): Note[] {
  const rows = sortedEntries(options.certificates).map(([name, certificate]) => [
    certificate.names.map(code).join(', '),
    code(`${certificate.namespace}/${certificateSecret(options, name)}`),
    certificate.key === 'ecdsa' ? 'ECDSA P-256' : 'RSA 2048',
    code(certificate.issuer),
    code(directoryHost(options.issuers[certificate.issuer]?.server ?? 'letsencrypt').host),
  ]);
  return [
    ...(rows.length === 0
      ? []
      : [
          {
            section: 'ingress' as const,
            title: 'Certificates',
            text: [
              table(['Names', 'Secret', 'Key', 'Issuer', 'Authority'], rows),
              '',
              'cert-manager fills each Secret and renews it when a third of its time is left, with a new key.',
              `To see what one waits for: ${code('kubectl get certificate,certificaterequest,order,challenge -A')}.`,
            ].join('\n'),
          },
        ]),
    ...(dns01Solvers(options).length === 0
      ? []
      : [{ section: 'dns' as const, title: 'How certificates prove a name (DNS-01)', text: dns01(options) }]),
    ...(http01Certificates(options).length === 0
      ? []
      : [{ section: 'dns' as const, title: 'How certificates prove a name (HTTP-01)', text: HTTP01 }]),
  ];
}

const HTTP01 =
  'The authority calls each name on port 80 from anywhere, so that its record must lead to the ingress and port 80 must be open to all. A wildcard cannot be proven so.';

function dns01(options: CertManagerOptions): string {
  const zones = [...new Set(dns01Solvers(options).flatMap(({ zones: some }) => some ?? []))].sort();
  const where = zones.length === 0 ? 'the zone that holds the name' : zones.map(code).join(', ');
  const servers = options.recursiveNameservers.map(({ address, port }) => code(`${address} port ${port}`));
  const check =
    servers.length === 0
      ? 'Before that it asks the zone’s own nameservers, which the cluster’s resolver names. Where the network answers for the zone itself (split DNS), that finds the inside and waits for ever: state `certificates.recursiveNameservers` there.'
      : `Before that it asks ${servers.join(' and ')} and nobody else, so that a network which answers for the zone itself (split DNS) does not mislead it.`;
  return [
    `cert-manager writes a TXT record ${code('_acme-challenge.<name>')} into ${where} at Cloudflare and removes it afterwards; the authority reads it there. Nothing has to be reachable from outside, and wildcards can be proven.`,
    check,
  ].join('\n');
}

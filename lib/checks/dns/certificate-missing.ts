import { wantsTls } from '../../plan/app-hosts';
import { entrances } from '../../plan/entrance';
import type { Plan } from '../../plan/plan';
import { isProxied, zoneOf } from '../../plan/zone';
import type { Cluster } from '../../spec/cluster';
import type { Finding, SpecPath } from '../../spec/finding';
import { distinct, fails, listed, warns } from '../found';
import { covers } from './covers';

/** Names that are to be served by TLS, at an ingress whose certificate does not hold for them. */
export function certificateMissing(plan: Plan): Finding[] {
  const { spec } = plan;
  return spec.ingress.flatMap((ingress, i) => {
    const served = entrances(plan).filter(
      ({ by, host }) => 'ingress' in by && by.ingress === ingress.name && isAsked(spec, host),
    );
    const certificate = certificateOf(ingress);
    const names = namesOf(spec, certificate);
    const missing = served.filter(({ host }) => !names.some((name) => covers(name, host)));
    if (missing.length === 0) return [];
    const hosts = [...new Set(missing.map(({ host }) => host))].sort();
    const behind = hosts.some((host) => isProxied(spec, host));
    const at = [place(i, ingress, certificate), ...distinct(missing.map(({ source }) => source))];
    const has =
      certificate === undefined ? 'and has none' : `and its certificate ${certificate} is for ${listed(names)}`;
    const label = hosts.find((host) => names.some((name) => name.startsWith('*.') && host.endsWith(name.slice(1))));
    return [
      (behind ? fails : warns)('CERTIFICATE_MISSING', {
        at,
        message: `${ingress.name} is to serve ${listed(hosts)} by TLS, ${has}${label === undefined ? '' : `: a wildcard stands for one label, and ${label} has more`}${behind ? '; Cloudflare checks it (strict) and fails' : '; its clients are warned'}`,
        fix: elsewhere(spec, hosts) ?? `a certificate with the names ${listed(hosts)}`,
      }),
    ];
  });
}

/** Whether someone checks the certificate: Cloudflare by `strict`, clients without a proxy themselves. */
function isAsked(spec: Cluster, host: string): boolean {
  if (!wantsTls(spec, host)) return false;
  return !isProxied(spec, host) || zoneOf(spec, host)?.originTls === 'strict';
}

function certificateOf(ingress: Cluster['ingress'][number]): string | undefined {
  if (ingress.kind === 'traefik') return ingress.defaultCertificate;
  return ingress.kind === 'gateway' ? ingress.certificate : undefined;
}

function namesOf(spec: Cluster, certificate: string | undefined): readonly string[] {
  return certificate === undefined ? [] : (spec.certificates?.certificates[certificate]?.names ?? []);
}

function place(i: number, { kind }: Cluster['ingress'][number], certificate: string | undefined): SpecPath {
  if (certificate !== undefined) return ['certificates', 'certificates', certificate, 'names'];
  return kind === 'easyhaproxy'
    ? ['ingress', i]
    : ['ingress', i, kind === 'gateway' ? 'certificate' : 'defaultCertificate'];
}

/** A certificate that holds for all of them and that the ingress does not use. */
function elsewhere(spec: Cluster, hosts: readonly string[]): string | undefined {
  const found = Object.entries(spec.certificates?.certificates ?? {}).find(([, { names }]) =>
    hosts.every((host) => names.some((name) => covers(name, host))),
  );
  return found?.[0];
}

import { wantsTls } from '../../plan/app-hosts';
import { entrances } from '../../plan/entrance';
import type { Plan } from '../../plan/plan';
import { isProxied, zoneOf } from '../../plan/zone';
import type { Cluster } from '../../spec/cluster';
import type { Finding, SpecPath } from '../../spec/finding';
import { fails, listed, warns } from '../found';
import { covers } from './covers';

type Ingress = Cluster['ingress'][number];

/** Names that are to be served by TLS, at an ingress whose certificate does not hold for them. */
export function certificateMissing(plan: Plan): Finding[] {
  const { spec } = plan;
  return spec.ingress.flatMap((ingress, i) => {
    const served = entrances(plan).filter(
      ({ by, host }) => 'ingress' in by && by.ingress === ingress.name && isAsked(spec, ingress, host),
    );
    const certificate = certificateOf(ingress);
    const names = namesOf(spec, certificate);
    const missing = served.filter(({ host }) => !names.some((name) => covers(name, host)));
    if (missing.length === 0) return [];
    const hosts = [...new Set(missing.map(({ host }) => host))].sort();
    const behind = hosts.some((host) => isProxied(spec, host));
    const at = [place(i, ingress, certificate), ...missing.map(({ source }) => source)];
    const has =
      certificate === undefined ? 'and has none' : `and its certificate ${certificate} is for ${listed(names)}`;
    const label = hosts.find((host) => names.some((name) => name.startsWith('*.') && host.endsWith(name.slice(1))));
    return [
      (behind ? fails : warns)('CERTIFICATE_MISSING', {
        at,
        message: `${ingress.name} is to serve ${listed(hosts)} by TLS, ${has}${label === undefined ? '' : `: a wildcard stands for one label, and ${label} has more`}; ${consequence(ingress, behind)}`,
        fix: mend(spec, ingress, hosts),
      }),
    ];
  });
}

/**
 * Whether a certificate is missed: Cloudflare checks it by `strict`, clients without a proxy do so themselves, and
 * EasyHAProxy takes no calls on 443 without one. Source: EasyHAProxy, easymapping/config_generator.py, clone_to_ssl.
 */
function isAsked(spec: Cluster, { kind }: Ingress, host: string): boolean {
  if (!wantsTls(spec, host)) return false;
  return !isProxied(spec, host) || kind === 'easyhaproxy' || zoneOf(spec, host)?.originTls === 'strict';
}

function consequence({ kind }: Ingress, behind: boolean): string {
  if (kind === 'easyhaproxy') return 'without one nobody answers on 443';
  return behind ? 'Cloudflare checks it (strict) and fails' : 'its clients are warned';
}

function mend(spec: Cluster, { kind }: Ingress, hosts: readonly string[]): string {
  // Its chart has none to give it, and its Ingresses name no Secret.
  if (kind === 'easyhaproxy') return 'an ingress of kind traefik; or originTls: flexible, where plain HTTP is meant';
  return elsewhere(spec, hosts) ?? `a certificate with the names ${listed(hosts)}`;
}

function certificateOf(ingress: Ingress): string | undefined {
  if (ingress.kind === 'traefik') return ingress.defaultCertificate;
  return ingress.kind === 'gateway' ? ingress.certificate : undefined;
}

function namesOf(spec: Cluster, certificate: string | undefined): readonly string[] {
  return certificate === undefined ? [] : (spec.certificates?.certificates[certificate]?.names ?? []);
}

function place(i: number, { kind }: Ingress, certificate: string | undefined): SpecPath {
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

import { invalid } from './faults';
import type { Finding, SpecPath } from './finding';
import { items, keysOf, textOf } from './names';
import { notTraefik } from './traefik-references';
import { isMapping, member, valueAt } from './walk';

/** Names of certificates that their issuer could never prove. */
export function unprovenNames(raw: unknown): Finding[] {
  const root = ['certificates', 'certificates'];
  return keysOf(valueAt(raw, root)).flatMap((certificate) => {
    const issuer = textOf(valueAt(raw, [...root, certificate, 'issuer']));
    const solvers = issuer === undefined ? [] : items(raw, 'certificates', 'issuers', issuer, 'solvers');
    if (issuer === undefined || solvers.length === 0) return [];
    return items(raw, ...root, certificate, 'names').flatMap((name, i) =>
      typeof name === 'string' ? nameFindings(name, issuer, solvers, [...root, certificate, 'names', i]) : [],
    );
  });
}

/** Issuers that have no way to prove a name. */
export function unsolvedIssuers(raw: unknown): Finding[] {
  const root = ['certificates', 'issuers'];
  return keysOf(valueAt(raw, root)).flatMap((issuer) => {
    const solvers = valueAt(raw, [...root, issuer, 'solvers']);
    if (!isMapping(valueAt(raw, [...root, issuer])) || (solvers !== undefined && !isEmptyList(solvers))) return [];
    const fix =
      'a solver of kind dns01-cloudflare with its apiToken, or of kind http01 with an ingress of kind traefik';
    return [invalid([...root, issuer, 'solvers'], `issuer ${issuer} has no solver, so that it can prove no name`, fix)];
  });
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Issuers whose challenges nobody would answer. */
export function unansweredChallenges(raw: unknown): Finding[] {
  return keysOf(valueAt(raw, ['certificates', 'issuers'])).flatMap((issuer) =>
    items(raw, 'certificates', 'issuers', issuer, 'solvers').flatMap((solver, i) => {
      if (kindOf(solver) !== 'http01') return [];
      const at = ['certificates', 'issuers', issuer, 'solvers', i, 'ingress'];
      // It comes as an Ingress for one path of a host that has others.
      return notTraefik(raw, at, 'lead a challenge to its pod', 'prove names by dns01-cloudflare');
    }),
  );
}

function nameFindings(name: string, issuer: string, solvers: readonly unknown[], path: SpecPath): Finding[] {
  const isWildcard = name.startsWith('*.');
  const http = solvers.some((solver) => kindOf(solver) === 'http01');
  const dns = solvers.filter((solver) => kindOf(solver) === 'dns01-cloudflare');
  if (dns.some((solver) => serves(solver, name)) || (http && !isWildcard)) return [];
  if (dns.length > 0) {
    const zones = [...new Set(dns.flatMap(zonesOf))].sort().join(', ');
    const fix = 'add the zone that holds it to one of the issuer’s solvers';
    return [invalid(path, `issuer ${issuer} proves names of ${zones}, and ${name} is none of them`, fix)];
  }
  if (!http) return [];
  const fix = 'give the issuer a solver of kind dns01-cloudflare';
  return [invalid(path, `issuer ${issuer} proves names by HTTP-01, which cannot prove the wildcard ${name}`, fix)];
}

function kindOf(solver: unknown): string | undefined {
  return textOf(member(solver, 'kind'));
}

/** Zones that a solver is limited to; none: it serves all. */
function zonesOf(solver: unknown): string[] {
  return items(solver, 'zones').flatMap((zone) => textOf(zone) ?? []);
}

function serves(solver: unknown, name: string): boolean {
  const zones = zonesOf(solver);
  const plain = name.replace(/^\*\./, '');
  return zones.length === 0 || zones.some((zone) => plain === zone || plain.endsWith(`.${zone}`));
}

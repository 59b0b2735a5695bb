import { directoryHost } from '../../components/cert-manager/directory';
import { AddressSet } from '../../net/address-set';
import { printEndpoint } from '../../plan/endpoint';
import type { Plan } from '../../plan/plan';
import type { PublicRecord } from '../../plan/public-record';
import { tunnelledNames } from '../../plan/served-host';
import { sourceEndpoint } from '../../plan/source-endpoint';
import { isManaged, isProxied } from '../../plan/zone';
import type { Cluster } from '../../spec/cluster';
import type { Source } from '../../spec/fields';
import type { Finding, SpecPath } from '../../spec/finding';
import { fails, listed, warns } from '../found';
import { covers } from './covers';
import { unroutedIn } from './unrouted';

type Certificates = NonNullable<Cluster['certificates']>;
type Solver = Certificates['issuers'][string]['solvers'][number];

/** A name that an authority calls on port 80. */
interface Called {
  readonly host: string;
  readonly at: SpecPath;
}

/**
 * Names that Let's Encrypt is to call on port 80 (HTTP-01), where no call of its comes through. It does not tell from
 * which addresses it calls, and they change. Source: letsencrypt.org, FAQ and challenge types.
 */
export function challengeUnreachable(plan: Plan): Finding[] {
  const { certificates } = plan.spec;
  if (certificates === undefined) return [];
  return Object.entries(certificates.issuers).flatMap(([issuer, { server, solvers }]) => {
    // Where an authority of somebody's own calls from, nothing says.
    if (!directoryHost(server).host.endsWith('.letsencrypt.org')) return [];
    return solvers.flatMap((solver, i) => {
      if (solver.kind !== 'http01') return [];
      const called = namesOf(certificates, issuer).filter(
        ({ host }) => solverOf(solvers, host) === solver && !tunnelledNames(plan.hosts).has(host),
      );
      const at: SpecPath = ['certificates', 'issuers', issuer, 'solvers', i];
      const shut = shutOut(plan, solver.ingress, called, at);
      return shut.length > 0 ? shut : ledNowhere(plan, called, at);
    });
  });
}

function namesOf({ certificates }: Certificates, issuer: string): Called[] {
  return Object.entries(certificates).flatMap(([name, certificate]) =>
    certificate.issuer !== issuer
      ? []
      : certificate.names.map((host, i) => ({ host, at: ['certificates', 'certificates', name, 'names', i] })),
  );
}

/**
 * One that is for a name's zone, else the first that is for all; a wildcard is proved by DNS alone.
 * Source: cert-manager docs, ACME, solver selectors.
 */
function solverOf(solvers: readonly Solver[], host: string): Solver | undefined {
  const zonesOf = (solver: Solver) => (solver.kind === 'http01' ? undefined : solver.zones);
  return (
    solvers.find((solver) => zonesOf(solver)?.some((zone) => host === zone || host.endsWith(`.${zone}`))) ??
    solvers.find((solver) => zonesOf(solver) === undefined && !(solver.kind === 'http01' && host.startsWith('*.')))
  );
}

/** The ingress does not let strangers in. Somebody beyond the cluster who may call may be a proxy in front of it. */
function shutOut({ spec }: Plan, ingress: string, called: readonly Called[], solver: SpecPath): Finding[] {
  const i = spec.ingress.findIndex(({ name }) => name === ingress);
  const allowFrom = spec.ingress[i]?.allowFrom ?? [];
  if (i < 0 || allowFrom.some(isAnyone)) return [];
  const isProxy = allowFrom.some(({ kind }) => kind === 'cloudflare');
  const shut = called.filter(({ host }) => !isProxy || !isProxied(spec, host));
  if (shut.length === 0) return [];
  const nameOf = (source: Source) => printEndpoint(sourceEndpoint(spec, source));
  const others = allowFrom.filter(({ kind }) => kind !== 'network').map(nameOf);
  const callers = allowFrom.length === 0 ? 'nobody' : `${listed(allowFrom.map(nameOf))} alone`;
  return [
    (others.length === 0 ? fails : warns)('CHALLENGE_UNREACHABLE', {
      at: [solver, ['ingress', i, 'allowFrom'], ...shut.map(({ at }) => at)],
      message: `Let's Encrypt calls ${hostsOf(shut)} on port 80 from addresses that it tells nobody, and ${ingress} lets in ${callers}: no certificate is issued${others.length === 0 ? '' : `, unless ${listed(others)} ${others.length === 1 ? 'passes' : 'pass'} its calls on`}`,
      fix: `a solver of kind dns01-cloudflare, for which nothing need be open; or anywhere in allowFrom of ${ingress}`,
    }),
  ];
}

/** Public records lead to addresses at which no stranger arrives. */
function ledNowhere(plan: Plan, called: readonly Called[], solver: SpecPath): Finding[] {
  const unrouted = unroutedIn(plan);
  const lost = called.flatMap((one) => {
    const records = recordsOf(plan, one.host);
    const addresses = records.flatMap(({ values }) => values).map(unrouted);
    const known = addresses.flatMap((address) => address ?? []);
    return known.length === 0 || known.length < addresses.length ? [] : [{ ...one, records, addresses: known }];
  });
  if (lost.length === 0) return [];
  const records = lost.flatMap((one) => one.records.map(({ source }) => source));
  return [
    fails('CHALLENGE_UNREACHABLE', {
      at: [solver, ...records, ...lost.map(({ at }) => at)],
      message: `Let's Encrypt calls ${hostsOf(lost)} on port 80, and public DNS leads it to ${AddressSet.of(...lost.flatMap(({ addresses }) => addresses))}, where nobody from outside arrives: no certificate is issued`,
      fix: 'a solver of kind dns01-cloudflare, for which nothing need be open; or records of addresses that the internet leads to',
    }),
  ];
}

/** What public DNS tells everyone of a name: its own records, else those of the wildcard beside it. */
function recordsOf({ spec, records }: Plan, host: string): PublicRecord[] {
  const own = records.filter(({ name }) => name === host);
  const answers = own.length > 0 ? own : records.filter(({ name }) => covers(name, host));
  return answers.filter(({ zone, proxied }) => isManaged(spec, zone) && !proxied);
}

/** Whether strangers are among these callers, by name or as all addresses of a family. */
function isAnyone(source: Source): boolean {
  if (source.kind !== 'addresses') return source.kind === 'anywhere';
  return ([4, 6] as const).some((family) => {
    const every = AddressSet.everything.family(family);
    return source.addresses.family(family).equals(every);
  });
}

function hostsOf(called: readonly Called[]): string {
  return listed([...new Set(called.map(({ host }) => host))].sort());
}

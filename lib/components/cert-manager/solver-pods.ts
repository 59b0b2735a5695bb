import type { WorkloadName } from '../../plan/endpoint';
import type { CertManagerOptions } from './options';

type Solver = CertManagerOptions['issuers'][string]['solvers'][number];
type Dns01 = Extract<Solver, { kind: 'dns01-cloudflare' }>;

/** What a solver's pod binds. Source: cert-manager pkg/issuer/acme/http, acmeSolverListenPort. */
export const SOLVER_PORT = 8089;

/** The pods that answer HTTP-01 challenges for a namespace's certificates. They live while a challenge does. */
export function solverPods(namespace: string): WorkloadName {
  return `${namespace}/cm-acme-http-solver`;
}

/** Certificates that some HTTP-01 solver serves, each with that solver. */
export function http01Certificates(options: CertManagerOptions) {
  return Object.entries(options.certificates).flatMap(([name, certificate]) =>
    solversOf(options, certificate.issuer)
      .filter((solver) => solver.kind === 'http01')
      .map((solver) => ({ name, certificate, solver })),
  );
}

/** Namespaces in which such pods appear: those of the certificates. */
export function solvedNamespaces(options: CertManagerOptions): string[] {
  return [...new Set(http01Certificates(options).map(({ certificate }) => certificate.namespace))].sort();
}

function solversOf(options: CertManagerOptions, issuer: string): readonly Solver[] {
  return options.issuers[issuer]?.solvers ?? [];
}

/** The DNS-01 solvers of all issuers, each once. */
export function dns01Solvers(options: CertManagerOptions): Dns01[] {
  return Object.values(options.issuers).flatMap(({ solvers }) =>
    solvers.filter((solver) => solver.kind === 'dns01-cloudflare'),
  );
}

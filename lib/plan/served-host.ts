import type { SpecPath } from '../spec/finding';
import type { WorkloadName } from './endpoint';
import { oncePer } from './once';

/** A host name by which requests from outside reach pods, and what brings them in. */
export interface ServedHost {
  readonly owner: string;
  readonly host: string;
  readonly path: string;
  readonly pathType: 'Prefix' | 'Exact';
  readonly workload: WorkloadName;
  readonly port: {
    /** What the pods bind. */
    readonly container: number;
    /** What clients of their Service dial. */
    readonly service: number;
    readonly protocol: 'tcp' | 'udp' | 'sctp';
    /** Whether the pods speak TLS themselves. */
    readonly tls: boolean;
  };
  /** An ingress or a tunnel, by its name in the spec. */
  readonly by: { readonly ingress: string } | { readonly tunnel: string };
  readonly purpose?: string;
  readonly source: SpecPath;
}

/** The names that a tunnel brings in: their records lead to its edge, which answers or passes on as it likes. */
export const tunnelledNames = oncePer(
  (hosts: readonly ServedHost[]): ReadonlySet<string> =>
    new Set(hosts.filter(({ by }) => 'tunnel' in by).map(({ host }) => host)),
);

/** Which of two hosts is asked first where both may fit: names before wildcards, of these the longer. */
export function hostRank(host: string): [number, number] {
  return host.startsWith('*.') ? [1, -host.length] : [0, 0];
}

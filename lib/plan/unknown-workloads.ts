import type { Cluster } from '../spec/cluster';
import type { Finding } from '../spec/finding';
import { sortedEntries } from '../text/compare';
import { nearest } from '../text/suggest';

/** Apps that need pods which nobody brings. Only once all components have spoken is it known who there is. */
export function unknownWorkloads(spec: Cluster, known: readonly string[]): Finding[] {
  return sortedEntries(spec.apps).flatMap(([name, { needs }]) =>
    needs.flatMap((need, i): Finding[] => {
      if (!('workload' in need) || known.includes(need.workload)) return [];
      const meant = nearest(need.workload, known);
      return [
        {
          code: 'SPEC_UNKNOWN_NAME',
          severity: 'error',
          at: [['apps', name, 'needs', i, 'workload']],
          message: `no component of this cluster has pods named ${need.workload}`,
          fix: meant ?? `one of ${known.join(', ')}`,
        },
      ];
    }),
  );
}

import type { Cluster } from '../spec/cluster';
import type { SpecPath } from '../spec/finding';
import type { WorkloadName } from './endpoint';

/** An ingress that reads Ingress objects, as far as those who want to be served by it must know. */
export interface IngressPods {
  /** Its name in the spec. */
  readonly name: string;
  readonly workload: WorkloadName;
  readonly source: SpecPath;
}

/** The ingress of that name, or the first, that reads Ingress objects; undefined where the cluster has none. */
export function ingressReader(spec: Cluster, name?: string): IngressPods | undefined {
  const at = spec.ingress.findIndex(
    (ingress) => ingress.kind === 'traefik' && (name === undefined || ingress.name === name),
  );
  const ingress = spec.ingress[at];
  if (ingress === undefined) return undefined;
  // Where Traefik's own component puts its pods; a test of that component holds the two together.
  const namespace = 'install' in ingress && ingress.install === 'own' ? 'traefik' : 'kube-system';
  return { name: ingress.name, workload: `${namespace}/traefik`, source: ['ingress', at] };
}

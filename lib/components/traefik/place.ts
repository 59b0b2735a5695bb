import type { WorkloadName } from '../../plan/endpoint';
import type { SpecPath } from '../../spec/finding';
import type { Cluster } from '../../spec/cluster';
import { traefikNamespace, traefikPods } from '../../plan/traefik';
import type { TraefikOptions } from './options';

/** K3s installs its Traefik under this name, and a HelmChartConfig reaches it by no other. */
export const RELEASE = 'traefik';

export function namespaceOf({ install }: Pick<TraefikOptions, 'install'>): string {
  return traefikNamespace(install);
}

export function traefikWorkload({ install }: Pick<TraefikOptions, 'install'>): WorkloadName {
  return traefikPods(install);
}

/** The chart's own selector: name of the chart, and release with its namespace. Source: the chart's _helpers.tpl. */
export function podLabels(options: Pick<TraefikOptions, 'install'>): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/instance': `${RELEASE}-${namespaceOf(options)}`, 'app.kubernetes.io/name': 'traefik' };
}

/** The cluster's Traefik: Ingresses name its class, which two could not share, so there is at most one. */
export function traefikOf(spec: Cluster): TraefikOptions | undefined {
  return spec.ingress.find((ingress) => ingress.kind === 'traefik');
}

/** Where it stands in the spec. */
export function placeOf(spec: Cluster): SpecPath {
  return ['ingress', spec.ingress.findIndex((ingress) => ingress.kind === 'traefik')];
}

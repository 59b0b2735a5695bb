import type { WorkloadName } from '../../plan/endpoint';
import { installerName } from '../../plan/helm-release';
import type { Workload } from '../../plan/workload';
import type { Cluster } from '../../spec/cluster';
import type { TraefikOptions } from './options';
import { placeOf, RELEASE } from './place';

/** The charts by which K3s installs its Traefik. Source: k3s manifests/traefik.yaml. */
const CHARTS = [RELEASE, `${RELEASE}-crd`];

/** The pods that do it. */
export function bundledInstallers({ install }: Pick<TraefikOptions, 'install'>): WorkloadName[] {
  return install === 'bundled' ? CHARTS.map((name) => installerName({ name })) : [];
}

export function installerWorkloads(options: TraefikOptions, spec: Cluster): Omit<Workload, 'owner'>[] {
  return bundledInstallers(options).map((name, i) => ({
    name,
    namespace: 'kube-system',
    labels: { 'helmcharts.helm.cattle.io/chart': CHARTS[i] ?? RELEASE },
    hostNetwork: false,
    nodes: 'all',
    source: placeOf(spec),
  }));
}

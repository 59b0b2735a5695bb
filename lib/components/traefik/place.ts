import type { NetworkName } from '../../plan/claim';
import type { WorkloadName } from '../../plan/endpoint';
import type { SpecPath } from '../../spec/finding';
import type { Cluster } from '../../spec/cluster';
import type { TraefikOptions } from './options';

/** K3s installs its Traefik under this name, and a HelmChartConfig reaches it by no other. */
export const RELEASE = 'traefik';
export const NAMESPACE = 'kube-system';
export const TRAEFIK: WorkloadName = `${NAMESPACE}/${RELEASE}`;

/** The cluster's Traefik: K3s bundles one, so there is at most one. */
export function traefikOf(spec: Cluster): TraefikOptions | undefined {
  return spec.ingress.find((ingress) => ingress.kind === 'traefik');
}

/** Where it stands in the spec. */
export function placeOf(spec: Cluster): SpecPath {
  return ['ingress', spec.ingress.findIndex((ingress) => ingress.kind === 'traefik')];
}

/** The network whose addresses clients dial. */
export function clientNetwork(options: TraefikOptions, spec: Cluster): NetworkName {
  return options.network ?? spec.k3s.nodeNetwork;
}

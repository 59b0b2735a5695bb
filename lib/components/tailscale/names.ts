import type { WorkloadName } from '../../plan/endpoint';
import type { Cluster } from '../../spec/cluster';
import type { SpecPath } from '../../spec/finding';
import type { TailscaleOptions } from './options';

export const RELEASE = 'tailscale-operator';
export const CHART = 'tailscale-operator';
export const CHART_REPOSITORY = 'https://pkgs.tailscale.com/helmcharts';
export const CHART_HOSTS = ['pkgs.tailscale.com'] as const;

/** The operator's own tag; it owns those of its devices. Source: values.yaml of chart 1.102.3. */
export const OPERATOR_TAG = 'tag:k8s-operator';
/** The Secret that the chart mounts unless it is told of another. Source: templates/deployment.yaml. */
export const OAUTH_SECRET = 'operator-oauth';

/** The operator's Deployment. Its name is fixed. Source: templates/deployment.yaml. */
export function operatorOf({ namespace }: TailscaleOptions): WorkloadName {
  return `${namespace}/operator`;
}

export function placeOf(spec: Cluster): SpecPath {
  return ['tunnels', spec.tunnels.findIndex(({ kind }) => kind === 'tailscale')];
}

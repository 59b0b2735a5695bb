import type { SpecPath } from '../../spec/finding';
import type { Cluster } from '../../spec/cluster';

export const NAMESPACE = 'metallb-system';
export const CONTROLLER = `${NAMESPACE}/metallb-controller`;
export const SPEAKER = `${NAMESPACE}/metallb-speaker`;
/** Its name does not follow the release's. Source: the chart's templates, webhooks.yaml. */
export const WEBHOOK_SERVICE = `${NAMESPACE}/metallb-webhook-service`;

/** The chart's own selectors. Source: templates/_helpers.tpl, controller.yaml and speaker.yaml. */
export function partLabels(part: 'controller' | 'speaker'): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/component': part,
    'app.kubernetes.io/instance': 'metallb',
    'app.kubernetes.io/name': 'metallb',
  };
}

export function placeOf(spec: Cluster): SpecPath {
  return ['loadBalancers', spec.loadBalancers.findIndex(({ kind }) => kind === 'metallb')];
}

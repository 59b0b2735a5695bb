import type { Chart } from 'cdk8s';
import { HelmChartConfig } from '../../../imports/helm.cattle.io';
import { printSelector } from '../../plan/endpoint';
import type { Plan } from '../../plan/plan';
import { yaml } from '../../text/yaml';
import { register } from '../component';
import { entrypoints } from './entrypoints';
import { traefikFlows } from './flows';
import { traefikListeners } from './listeners';
import { traefikNotes } from './note';
import type { TraefikOptions } from './options';
import { NAMESPACE, placeOf, RELEASE, TRAEFIK, traefikOf } from './place';
import { traefikValues } from './values';

/** Traefik, by the chart that K3s bundles and this one object's values over it. */
export const traefik = register<TraefikOptions>({
  name: 'traefik',
  options: traefikOf,
  provides: (options, spec) => [
    ...entrypoints(options).map(({ dialled }) => ({
      name: 'ingress-port' as const,
      scope:
        options.mode === 'host-network'
          ? `${dialled}/tcp on ${printSelector(options.nodes)}`
          : `${dialled}/tcp of ${options.name}`,
      failure: `nothing answers on port ${dialled} of that node any more; the others go on`,
      source: placeOf(spec),
    })),
    {
      name: 'ingress-routing',
      scope: options.name,
      failure: 'requests from outside reach no app; what runs inside the cluster goes on',
      source: placeOf(spec),
    },
    {
      name: 'crds',
      scope: 'traefik.io',
      failure: "Traefik's own kinds of object can no longer be written",
      source: placeOf(spec),
    },
  ],
  requires: (_, spec) =>
    (['control-plane', 'pod-network', 'service-routing'] as const).map((name) => ({ name, source: placeOf(spec) })),
  listeners: traefikListeners,
  flows: traefikFlows,
  workloads: (options, spec) => [
    {
      name: TRAEFIK,
      namespace: NAMESPACE,
      // The chart's own selector: name of the chart, and release with its namespace.
      labels: { 'app.kubernetes.io/instance': `${RELEASE}-${NAMESPACE}`, 'app.kubernetes.io/name': 'traefik' },
      hostNetwork: options.mode === 'host-network',
      nodes: options.nodes,
      source: placeOf(spec),
    },
  ],
  notes: traefikNotes,
  // In both places, byte for byte: K3s must start Traefik right the first time, and Argo CD must keep it so.
  bootstrap: config,
  manifests: config,
});

function config(chart: Chart, options: TraefikOptions, plan: Plan): void {
  new HelmChartConfig(chart, 'config', {
    metadata: { name: RELEASE, namespace: NAMESPACE },
    spec: { valuesContent: yaml(traefikValues(options, plan.spec)) },
  });
}

import { requireAll } from '../../plan/capability';
import { printSelector } from '../../plan/endpoint';
import type { HelmValues } from '../../plan/helm-release';
import type { Cluster } from '../../spec/cluster';
import { register } from '../component';
import { VERSIONS } from '../versions';
import { easyhaproxyFlows } from './flows';
import { easyhaproxyNotes } from './note';
import type { EasyhaproxyOptions } from './options';
import { easyhaproxyWorkload, nodeChoice, placeOf, POD_LABELS, RELEASE } from './place';
import { easyhaproxyListeners, PORTS } from './ports';

/** EasyHAProxy: an ingress that reads Ingress objects, by its own chart, on host ports 80 and 443 of the nodes. */
export const easyhaproxy = register<EasyhaproxyOptions>({
  name: 'easyhaproxy',
  title: 'EasyHAProxy',
  options: (spec) => spec.ingress.find((ingress) => ingress.kind === 'easyhaproxy'),
  provides: (options, spec) => [
    ...PORTS.map(({ port }) => ({
      name: 'ingress-port' as const,
      scope: `${port}/tcp on ${printSelector(options.nodes)}`,
      failure: 'nothing answers on that port of that node any more; the others go on',
      source: placeOf(spec),
    })),
    {
      name: 'ingress-routing',
      scope: options.name,
      failure: 'requests from outside reach no app; what runs inside the cluster goes on',
      source: placeOf(spec),
    },
  ],
  requires: (_, spec) => requireAll(placeOf(spec), 'control-plane', 'pod-network', 'service-routing'),
  namespaces: ({ namespace }) => [{ name: namespace }],
  listeners: easyhaproxyListeners,
  flows: easyhaproxyFlows,
  workloads: (options, spec) => [
    {
      name: easyhaproxyWorkload(options),
      namespace: options.namespace,
      labels: POD_LABELS,
      hostNetwork: false,
      nodes: options.nodes,
      source: placeOf(spec),
    },
  ],
  notes: easyhaproxyNotes,
  helm: (options, spec) => ({
    name: RELEASE,
    namespace: options.namespace,
    chart: 'easyhaproxy',
    repository: 'https://opensource.byjg.com/helm',
    hosts: ['opensource.byjg.com'],
    version: VERSIONS.easyhaproxyChart,
    values: values(options, spec),
  }),
});

/** The values of chart 2.0.2 that Wayleave sets. */
function values(options: EasyhaproxyOptions, spec: Cluster): HelmValues {
  return {
    easyhaproxy: {
      sslMode: options.sslMode,
      // The chart's own is the word "password". Without any, statistics and dashboard are off.
      stats: { password: '' },
    },
    // The chart's Always asks a registry at every start of a pod, though the tag is fixed.
    image: { pullPolicy: 'IfNotPresent' },
    masterNode: nodeChoice(options, spec),
  };
}

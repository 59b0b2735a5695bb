import { requireAll, type Required } from '../../plan/capability';
import { traefikOf } from '../../plan/traefik';
import type { Plan } from '../../plan/plan';
import type { Cluster } from '../../spec/cluster';
import { register } from '../component';
import { addNamespace } from '../namespace';
import { VERSIONS } from '../versions';
import { addApplications, addProject, addRoot } from './applications';
import { argocdFlows } from './flows';
import { addIngress, argocdHosts, fromIngress } from './ingress';
import { CHART, CHART_HOSTS, CHART_REPOSITORY, RELEASE } from './names';
import { argocdNotes } from './note';
import type { ArgocdOptions } from './options';
import { argocdListeners, argocdServices, argocdWorkloads } from './parts';
import { gitHost } from './repository';
import { argocdValues } from './values';

const source = ['gitops'];

/** Argo CD: started by K3s, then its own master, and everyone else's. */
export const argocd = register<ArgocdOptions>({
  name: 'argocd',
  title: 'Argo CD',
  options: (spec) => (spec.gitops?.kind === 'argocd' ? spec.gitops : undefined),
  provides: () => [
    {
      name: 'gitops',
      failure: 'what is committed is not applied, and what is changed by hand stays so; everything that runs goes on',
      source,
    },
    {
      name: 'crds',
      scope: 'argoproj.io',
      failure: "Argo CD's own kinds of object are still written, and nobody acts on them",
      source,
    },
  ],
  namespaces: ({ namespace }) => [{ name: namespace }],
  requires: (options, spec) => [
    ...requireAll(source, 'cluster-dns', 'control-plane', 'pod-network', 'service-routing'),
    ...(options.host === undefined ? [] : [ingressNeed(options, spec)]),
  ],
  helm: (options) => ({
    name: RELEASE,
    namespace: options.namespace,
    chart: CHART,
    repository: CHART_REPOSITORY,
    hosts: CHART_HOSTS,
    version: VERSIONS.argocdChart,
    values: argocdValues(options),
    bootstrap: 'first',
  }),
  reservedServices: argocdServices,
  listeners: argocdListeners,
  flows: (options, spec) => [...argocdFlows(options, spec), ...fromIngress(options, spec)],
  hosts: argocdHosts,
  workloads: argocdWorkloads,
  secrets: (options) =>
    gitHost(options.repository).encryptedBy === 'SSH'
      ? [
          {
            namespace: options.namespace,
            name: 'wayleave-repository',
            keys: ['sshPrivateKey', 'type', 'url'],
            purpose: 'deploy key for the git repository, labelled argocd.argoproj.io/secret-type: repository',
            labels: { 'argocd.argoproj.io/secret-type': 'repository' },
          },
        ]
      : [],
  notes: argocdNotes,
  bootstrap: (chart, options, plan) => {
    for (const namespace of plan.namespaces) if (namespace.name === options.namespace) addNamespace(chart, namespace);
    // Refused until the chart has brought their definitions. K3s applies each kind for itself and tries again until all
    // are in place. Source: rancher/wrangler pkg/apply/desiredset_process.go; k3s pkg/deploy/controller.go.
    addProject(chart, options, plan);
    addRoot(chart, options, plan);
  },
  manifests: (chart, options, plan: Plan) => {
    addProject(chart, options, plan);
    addApplications(chart, options, plan);
    addIngress(chart, options, plan);
  },
});

/** Without Traefik nothing provides this, which a check then says. */
function ingressNeed(options: ArgocdOptions, spec: Cluster): Omit<Required, 'owner'> {
  const scope = traefikOf(spec, options.ingress)?.name ?? options.ingress ?? 'traefik';
  return { name: 'ingress-routing', scope, source: [...source, 'host'] };
}

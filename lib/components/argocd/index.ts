import type { Chart } from 'cdk8s';
import { KubeNamespace } from '../../../imports/k8s';
import type { Plan } from '../../plan/plan';
import { register } from '../component';
import { VERSIONS } from '../versions';
import { addApplications, addProject, addRoot } from './applications';
import { argocdFlows } from './flows';
import { CHART, CHART_HOSTS, CHART_REPOSITORY, RELEASE } from './names';
import { argocdNotes } from './note';
import type { ArgocdOptions } from './options';
import { argocdListeners, argocdWorkloads } from './parts';
import { gitHost } from './repository';
import { ARGOCD_VALUES } from './values';

const source = ['gitops'];

/** Argo CD: started by K3s, then its own master, and everyone else's. */
export const argocd = register<ArgocdOptions>({
  name: 'argocd',
  options: (spec) => (spec.gitops?.kind === 'argocd' ? spec.gitops : undefined),
  provides: () => [
    {
      name: 'gitops',
      failure: 'what is committed is not applied, and what is changed by hand stays so; everything that runs goes on',
      source,
    },
    { name: 'crds', scope: 'argoproj.io', failure: "Argo CD's own kinds of object can no longer be written", source },
  ],
  requires: () =>
    (['cluster-dns', 'control-plane', 'pod-network', 'service-routing'] as const).map((name) => ({ name, source })),
  helm: (options) => ({
    name: RELEASE,
    namespace: options.namespace,
    chart: CHART,
    repository: CHART_REPOSITORY,
    hosts: CHART_HOSTS,
    version: VERSIONS.argocdChart,
    values: ARGOCD_VALUES,
    bootstrap: 'first',
  }),
  listeners: argocdListeners,
  flows: argocdFlows,
  workloads: argocdWorkloads,
  secrets: (options) =>
    gitHost(options.repository).encryptedBy === 'SSH'
      ? [
          {
            namespace: options.namespace,
            name: 'wayleave-repository',
            keys: ['sshPrivateKey', 'type', 'url'],
            purpose: 'deploy key for the git repository, labelled argocd.argoproj.io/secret-type: repository',
          },
        ]
      : [],
  notes: argocdNotes,
  bootstrap: (chart, options, plan) => {
    addNamespace(chart, options);
    // Refused until the chart has brought their definitions. K3s applies each kind for itself and tries again until all
    // are in place. Source: rancher/wrangler pkg/apply/desiredset_process.go; k3s pkg/deploy/controller.go.
    addProject(chart, options, plan);
    addRoot(chart, options, plan);
  },
  manifests: (chart, options, plan: Plan) => {
    addNamespace(chart, options);
    addProject(chart, options, plan);
    addApplications(chart, options, plan);
  },
});

function addNamespace(chart: Chart, options: ArgocdOptions): void {
  new KubeNamespace(chart, 'namespace', {
    metadata: {
      name: options.namespace,
      labels: { 'app.kubernetes.io/managed-by': 'wayleave' },
      annotations: {
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
        'argocd.argoproj.io/sync-wave': '-1',
      },
    },
  });
}

import type { Chart } from 'cdk8s';
import { KubeNamespace } from '../../imports/k8s';
import type { Required } from '../plan/capability';
import type { Cluster } from '../spec/cluster';
import type { SpecPath } from '../spec/finding';

/** Kubernetes makes these by itself. */
const GIVEN = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** Whether the apps make a namespace, so that nobody else may. */
function isOfApps(spec: Cluster, name: string): boolean {
  return Object.values(spec.apps).some(({ namespace }) => namespace === name);
}

/** Makes a namespace that neither Kubernetes nor the apps make. */
export function addNamespace(
  chart: Chart,
  spec: Cluster,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): void {
  if (GIVEN.includes(name) || isOfApps(spec, name)) return;
  new KubeNamespace(chart, `namespace-${name}`, {
    metadata: {
      name,
      labels: { 'app.kubernetes.io/managed-by': 'wayleave', ...labels },
      annotations: {
        // Everything in a namespace goes with it, Secrets that people put there included.
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
        'argocd.argoproj.io/sync-wave': '-1',
      },
    },
  });
}

/** What must be there first for objects in these namespaces: the apps, where they make one of them. */
export function namespaceNeeds(spec: Cluster, names: readonly string[], source: SpecPath): Omit<Required, 'owner'>[] {
  return names.some((name) => !GIVEN.includes(name) && isOfApps(spec, name)) ? [{ name: 'workloads', source }] : [];
}

import type { Chart } from 'cdk8s';
import { KubeNamespace } from '../../imports/k8s';
import type { Namespace } from '../plan/namespace';
import { addObject } from './plain-object';

/** One Namespace. Argo CD's own is made at the first start as well, by the same bytes. */
export function addNamespace(chart: Chart, { name, labels }: Namespace): void {
  addObject(KubeNamespace, chart, `namespace-${name}`, {
    metadata: {
      name,
      labels: { 'app.kubernetes.io/managed-by': 'wayleave', ...labels },
      // Everything in a namespace goes with it, Secrets that people put there included.
      annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
    },
  });
}

import type { Chart } from 'cdk8s';
import { KubeRole, KubeRoleBinding, KubeServiceAccount } from '../../../imports/k8s';
import { addObject } from '../plain-object';
import type { GatewayOptions } from './options';

/** An account for its pods, where they watch the API: what they may read there, and in which namespaces. */
export function addRights(chart: Chart, { name, namespace, watches }: GatewayOptions): void {
  if (watches.length === 0) return;
  addObject(KubeServiceAccount, chart, `account-${name}`, {
    metadata: { name, namespace },
    automountServiceAccountToken: false,
  });
  const verbs = ['get', 'list', 'watch'];
  for (const watched of [...new Set(watches)].sort()) {
    const metadata = { name: `${name}-watches`, namespace: watched };
    addObject(KubeRole, chart, `role-${name}-${watched}`, {
      metadata,
      rules: [
        { apiGroups: [''], resources: ['pods', 'services'], verbs },
        { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs },
      ],
    });
    addObject(KubeRoleBinding, chart, `binding-${name}-${watched}`, {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    });
  }
}

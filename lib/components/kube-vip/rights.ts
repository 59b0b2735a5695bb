import type { Chart } from 'cdk8s';
import { KubeClusterRole, KubeClusterRoleBinding, KubeServiceAccount, type PolicyRule } from '../../../imports/k8s';
import { addObject } from '../plain-object';
import { NAMESPACE } from './place';

/** What kube-vip 1.2 may do. Source: kube-vip.io/manifests/rbac.yaml. */
export const KUBE_VIP_RULES: PolicyRule[] = [
  { apiGroups: [''], resources: ['services/status'], verbs: ['update'] },
  { apiGroups: [''], resources: ['services', 'endpoints'], verbs: ['list', 'get', 'watch', 'update'] },
  { apiGroups: [''], resources: ['nodes'], verbs: ['list', 'get', 'watch', 'update', 'patch'] },
  { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['list', 'get', 'watch', 'update', 'create'] },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'get', 'watch', 'update'] },
];

/** What its cloud provider may do. Source: kube-vip-cloud-provider, manifest/kube-vip-cloud-controller.yaml. */
export const CLOUD_PROVIDER_RULES: PolicyRule[] = [
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'create', 'update', 'list'] },
  { apiGroups: [''], resources: ['configmaps', 'endpoints', 'events', 'services/status', 'leases'], verbs: ['*'] },
  { apiGroups: [''], resources: ['nodes', 'services'], verbs: ['list', 'get', 'watch', 'update'] },
];

/** An account, and what it may do in the whole cluster. */
export function addRights(chart: Chart, account: string, role: string, rules: PolicyRule[]): void {
  addObject(KubeServiceAccount, chart, `account-${account}`, { metadata: { name: account, namespace: NAMESPACE } });
  addObject(KubeClusterRole, chart, `role-${account}`, { metadata: { name: `${role}-role` }, rules });
  addObject(KubeClusterRoleBinding, chart, `binding-${account}`, {
    metadata: { name: `${role}-binding` },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: `${role}-role` },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace: NAMESPACE }],
  });
}

import type { Labels, LabelTest } from './labels';
import { allOf } from './labels';
import type { Pod } from './pod';
import { isIn } from './selector';

// A pod's labels and what else of it a policy may ask for make one set, so that one test can ask for all of it.
// No label can begin with these: a label's key begins with a letter or a digit.

/** The name of the pod's namespace. */
export const NAMESPACE = '@namespace';
/** The name of the pod's service account. */
export const SERVICE_ACCOUNT = '@account';

/** The name of the pod's cluster. */
export const CLUSTER = '@cluster';

/** What runs the pod. */
export const ORCHESTRATOR = '@orchestrator';

/** A label of the pod's namespace. */
export function namespaceKey(key: string): string {
  return `@namespace:${key}`;
}

/** A label of the pod's service account. */
export function accountKey(key: string): string {
  return `@account:${key}`;
}

/** Everything that a policy may ask of a pod. */
export function testedLabels(pod: Pod, namespaceLabels: Labels, accountLabels: Labels): Labels {
  const labels: Record<string, string> = {
    ...pod.labels,
    [NAMESPACE]: pod.namespace,
    [SERVICE_ACCOUNT]: pod.serviceAccount,
    [CLUSTER]: 'default',
    [ORCHESTRATOR]: 'k8s',
  };
  for (const [key, value] of Object.entries(namespaceLabels)) labels[namespaceKey(key)] = value;
  for (const [key, value] of Object.entries(accountLabels)) labels[accountKey(key)] = value;
  return labels;
}

/** Pods of one namespace that pass a test. */
export function inNamespace(namespace: string, test: LabelTest): LabelTest {
  return allOf([isIn(NAMESPACE, [namespace]), test]);
}

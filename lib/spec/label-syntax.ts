/** Kubernetes' syntax of labels. Source: Kubernetes docs, labels and selectors, syntax and character set. */

const PART = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const NAME = '[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?';
/** A name, before it the DNS name of whoever defines it, if anyone. */
const KEY = `((?=[^/]{1,253}/)${PART}(\\.${PART})*/)?${NAME}`;
const VALUE = `(${NAME})?`;

export const LABEL_KEY = new RegExp(`^${KEY}$`);
export const LABEL_VALUE = new RegExp(`^${VALUE}$`);
/** A taint, as kubelet takes it (--register-with-taints). */
export const TAINT = new RegExp(`^${KEY}(=${VALUE})?:(NoSchedule|PreferNoSchedule|NoExecute)$`);

/** Source: Kubernetes k8s.io/kubelet/pkg/apis/well_known_labels.go. */
const OF_KUBELET: ReadonlySet<string> = new Set([
  'beta.kubernetes.io/arch',
  'beta.kubernetes.io/instance-type',
  'beta.kubernetes.io/os',
  'failure-domain.beta.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'kubernetes.io/arch',
  'kubernetes.io/hostname',
  'kubernetes.io/os',
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
]);
const KUBELET_PREFIX = /^([a-z0-9.-]+\.)?(kubelet|node)\.kubernetes\.io\//;
const KUBERNETES_PREFIX = /^([a-z0-9.-]+\.)?(kubernetes|k8s)\.io\//;

/** Whether a node may give itself the label: kubelet does not start with others of Kubernetes' own. */
export function isNodeLabel(key: string): boolean {
  return !KUBERNETES_PREFIX.test(key) || KUBELET_PREFIX.test(key) || OF_KUBELET.has(key);
}

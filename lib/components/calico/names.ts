import type { WorkloadName } from '../../plan/endpoint';

/** The chart, and the release that K3s starts and Argo CD then takes over. Source: Calico docs, install using Helm. */
export const CHART = 'tigera-operator';
export const CHART_REPOSITORY = 'https://docs.tigera.io/calico/charts';
/** The index points to GitHub's releases. */
export const CHART_HOSTS = ['*.githubusercontent.com', 'docs.tigera.io', 'github.com'] as const;
export const RELEASE = 'calico';
export const NAMESPACE = 'tigera-operator';

/** Where the operator puts Calico itself. Source: tigera/operator, pkg/common/common.go. */
const SYSTEM = 'calico-system';

interface Part {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly hostNetwork: boolean;
}

/** Its pods, by the labels that the chart and the operator give them. Source: tigera/operator, pkg/render. */
export const PARTS = {
  operator: { namespace: NAMESPACE, name: 'tigera-operator', labels: app('tigera-operator'), hostNetwork: true },
  node: { namespace: SYSTEM, name: 'calico-node', labels: app('calico-node'), hostNetwork: true },
  typha: { namespace: SYSTEM, name: 'calico-typha', labels: app('calico-typha'), hostNetwork: true },
  controllers: {
    namespace: SYSTEM,
    name: 'calico-kube-controllers',
    labels: app('calico-kube-controllers'),
    hostNetwork: false,
  },
} as const satisfies Readonly<Record<string, Part>>;

export type CalicoPart = keyof typeof PARTS;

export function partName(part: CalicoPart): WorkloadName {
  return `${PARTS[part].namespace}/${PARTS[part].name}`;
}

function app(name: string): Readonly<Record<string, string>> {
  return { 'k8s-app': name };
}

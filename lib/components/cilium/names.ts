import type { WorkloadName } from '../../plan/endpoint';

/** The chart, and the release that K3s starts and Argo CD then takes over. Source: Cilium docs, installation using Helm. */
export const CHART = 'cilium';
export const CHART_REPOSITORY = 'https://helm.cilium.io';
export const CHART_HOSTS = ['helm.cilium.io'] as const;
export const RELEASE = 'cilium';
export const NAMESPACE = 'kube-system';

/** Its pods, by the labels that the chart gives them. Source: the chart's templates. */
export const PARTS = {
  agent: { name: 'cilium', labels: { 'k8s-app': 'cilium' }, hostNetwork: true },
  envoy: { name: 'cilium-envoy', labels: { 'k8s-app': 'cilium-envoy' }, hostNetwork: true },
  operator: {
    name: 'cilium-operator',
    labels: { 'io.cilium/app': 'operator', name: 'cilium-operator' },
    hostNetwork: true,
  },
  relay: { name: 'hubble-relay', labels: { 'k8s-app': 'hubble-relay' }, hostNetwork: false },
  ui: { name: 'hubble-ui', labels: { 'k8s-app': 'hubble-ui' }, hostNetwork: false },
  certificates: {
    name: 'hubble-generate-certs',
    labels: { 'k8s-app': 'hubble-generate-certs' },
    hostNetwork: false,
  },
} as const;

export type Part = keyof typeof PARTS;

export function partName(part: Part): WorkloadName {
  return `${NAMESPACE}/${PARTS[part].name}`;
}

import type { Chart } from 'cdk8s';
import { HelmChart, HelmChartSpecFailurePolicy } from '../../imports/helm.cattle.io';
import { PortRange } from '../net/port';
import { OUTSIDE } from '../plan/claim';
import { workload, type Endpoint } from '../plan/endpoint';
import type { Flow } from '../plan/flow';
import { installerName, type HelmRelease } from '../plan/helm-release';
import type { Workload } from '../plan/workload';
import type { Cluster } from '../spec/cluster';
import { yaml } from '../text/yaml';
import { apiFlow } from './api-flow';
import { addObject } from './plain-object';

/** Whether K3s installs a release: because Argo CD needs it, or because there is no Argo CD. */
export function installedByK3s(release: HelmRelease, spec: Cluster): boolean {
  return release.bootstrap !== undefined || spec.gitops === undefined;
}

/** The object by which K3s's Helm controller installs a release. */
export function addHelmChart(chart: Chart, release: HelmRelease): void {
  const { name, namespace, repository, version, values } = release;
  addObject(HelmChart, chart, 'release', {
    // K3s looks for them in its own namespace, wherever the release goes.
    metadata: { name, namespace: 'kube-system' },
    spec: {
      repo: repository,
      chart: release.chart,
      version,
      targetNamespace: namespace,
      createNamespace: true,
      valuesContent: yaml(values),
      ...(release.timeout === undefined ? {} : { timeout: release.timeout }),
      // The controller's default removes a release whose upgrade fails, and with it the network.
      ...(release.bootstrap === 'network' ? { bootstrap: true, failurePolicy: HelmChartSpecFailurePolicy.ABORT } : {}),
    },
  });
}

/** The pod that installs a release for K3s. */
export function installer(release: HelmRelease, spec: Cluster): Omit<Workload, 'owner'>[] {
  if (!installedByK3s(release, spec)) return [];
  return [
    {
      name: installerName(release),
      namespace: 'kube-system',
      labels: { 'helmcharts.helm.cattle.io/chart': release.name },
      hostNetwork: release.bootstrap === 'network',
      nodes: release.bootstrap === 'network' ? 'servers' : 'all',
      source: ['k3s'],
    },
  ];
}

/** Who fetches the chart, and who writes the objects it holds. */
export function releaseFlows(release: HelmRelease, spec: Cluster): Omit<Flow, 'declaredBy'>[] {
  const chart: Endpoint = { kind: 'name', name: `chart ${release.chart}`, fqdns: release.hosts };
  const fetch = (from: string, reason: string): Omit<Flow, 'declaredBy'> => ({
    from: workload(from),
    to: chart,
    protocol: 'tcp',
    port: { container: PortRange.of(443) },
    over: OUTSIDE,
    address: 'public',
    encryptedBy: 'TLS',
    reason,
    source: spec.gitops === undefined ? ['k3s'] : ['gitops'],
  });
  return [
    ...(spec.gitops === undefined
      ? []
      : [fetch(`${spec.gitops.namespace}/argocd-repo-server`, `Argo CD fetches the chart ${release.chart}`)]),
    ...(installedByK3s(release, spec)
      ? [
          fetch(installerName(release), `K3s fetches the chart ${release.chart}`),
          apiFlow(
            spec,
            { name: installerName(release), hostNetwork: release.bootstrap === 'network' },
            `K3s installs the chart ${release.chart}`,
            ['k3s'],
          ),
        ]
      : []),
  ];
}

import { hostsOfApps } from '../../plan/app-hosts';
import { requireAll } from '../../plan/capability';
import { pinnedClaim } from '../../plan/load-balancer';
import type { APPS } from '../../plan/workload';
import { workloadName } from '../../plan/workload-name';
import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';
import { register } from '../component';
import { appFlows } from './flows';
import { hostNetworkNotes } from './host-network';
import { readerOf } from './ingress';
import { appListeners } from './listeners';
import { podLabels } from './labels';
import { appLoadBalancers } from './load-balancers';
import { appManifests } from './manifests';

/** The spec's apps, as far as the network goes: namespaces, Services, Ingresses and what may call what. */
export const apps = register<Cluster['apps']>({
  name: 'apps' satisfies typeof APPS,
  flowTraits: ['asked-for'],
  options: (spec) => (Object.keys(spec.apps).length === 0 ? undefined : spec.apps),
  provides: () => [
    {
      name: 'workloads',
      failure: 'an app that is down takes only those with it that call it, as the table of flows says',
      source: ['apps'],
    },
  ],
  namespaces: (own) => Object.values(own).map(({ namespace }) => ({ name: namespace })),
  delivers: (own) => Object.values(own).some(({ ports }) => Object.keys(ports).length > 0),
  requires: (_, spec) => {
    const ingresses = new Set(Object.values(spec.apps).flatMap((app) => readerOf(spec, app)?.name ?? []));
    return [
      ...requireAll(['apps'], 'cluster-dns', 'pod-network', 'service-routing'),
      ...(appLoadBalancers(spec).length === 0
        ? []
        : requireAll(['apps'], 'load-balancer-addresses', 'load-balancer-announcement')),
      ...[...ingresses].map((scope) => ({ name: 'ingress-routing' as const, scope, source: ['apps'] })),
    ];
  },
  claims: (_, spec) => appLoadBalancers(spec).flatMap((service) => pinnedClaim(spec, service)),
  loadBalancers: (_, spec) => appLoadBalancers(spec),
  listeners: (_, spec) => appListeners(spec),
  flows: (_, spec) => appFlows(spec),
  hosts: (_, spec) => hostsOfApps(spec),
  workloads: (_, spec) =>
    sortedEntries(spec.apps).map(([name, app]) => ({
      name: workloadName(spec, name),
      namespace: app.namespace,
      labels: podLabels(name, app),
      hostNetwork: app.hostNetwork,
      nodes: app.nodes,
      source: ['apps', name],
    })),
  notes: (_, spec) => hostNetworkNotes(spec),
  manifests: (chart, _, plan) => appManifests(chart, plan.spec),
});

import { PortRange } from '../../net/port';
import { callerFlows } from '../../plan/balanced-service';
import { workloadName } from '../../plan/base';
import { OUTSIDE, PODS, type NetworkName } from '../../plan/claim';
import { workload } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { addressKind } from '../../plan/network-kind';
import { outsideEndpoint, sourceEndpoint } from '../../plan/source-endpoint';
import { wayOut } from '../../plan/way-out';
import type { App } from '../../spec/app';
import type { Cluster } from '../../spec/cluster';
import type { Source } from '../../spec/fields';
import type { SpecPath } from '../../spec/finding';
import { sortedEntries } from '../../text/compare';
import { appLoadBalancers } from './load-balancers';

type Declared = Omit<Flow, 'declaredBy'>;
type Need = App['needs'][number];

/** What the apps call, and who calls them past the ingress. */
export function appFlows(spec: Cluster): Declared[] {
  const callers = appLoadBalancers(spec).flatMap((service) => callerFlows(spec, service));
  const calls = sortedEntries(spec.apps).flatMap(([name, app]) => [
    ...app.needs.flatMap((need, i) => needFlows(spec, name, need, ['apps', name, 'needs', i])),
    ...(app.hostNetwork ? hostNetworkFlows(spec, name, app) : []),
  ]);
  return [...calls, ...callers];
}

function needFlows(spec: Cluster, name: string, need: Need, source: SpecPath): Declared[] {
  const from = workload(workloadName(spec, name));
  if ('app' in need) return appNeedFlows(spec, from, need, source);
  return [
    {
      from,
      to: outsideEndpoint(spec, need.outside),
      protocol: need.protocol,
      port: { container: need.port },
      over: OUTSIDE,
      address: 'public',
      ...(need.encryptedBy === undefined ? {} : { encryptedBy: need.encryptedBy }),
      reason: need.reason,
      source,
    },
  ];
}

function appNeedFlows(
  spec: Cluster,
  from: Declared['from'],
  need: Extract<Need, { app: string }>,
  source: SpecPath,
): Declared[] {
  const peer = spec.apps[need.app];
  if (peer === undefined) throw new Error(`no app ${need.app}`);
  const over = peer.hostNetwork ? spec.k3s.nodeNetwork : PODS;
  return sortedEntries(peer.ports)
    .filter(([port]) => need.port === undefined || need.port === port)
    .map(([, { container, service, protocol, tls }]) => ({
      from,
      to: workload(workloadName(spec, need.app)),
      protocol,
      port: {
        container: PortRange.of(container),
        service: PortRange.of(service),
        ...(peer.hostNetwork ? { host: PortRange.of(container) } : {}),
      },
      over,
      address: 'service',
      ...(tls ? { encryptedBy: 'TLS' } : {}),
      reason: need.reason,
      source,
    }));
}

function hostNetworkFlows(spec: Cluster, name: string, app: App): Declared[] {
  return app.allowFrom.flatMap((from, i) => {
    const over = arrivesOver(spec, from);
    return sortedEntries(app.ports).map(([port, { container, protocol, tls }]) => ({
      from: sourceEndpoint(spec, from),
      to: workload(workloadName(spec, name)),
      protocol,
      port: { container: PortRange.of(container), host: PortRange.of(container) },
      over,
      address: addressKind(spec, over),
      ...(tls ? { encryptedBy: 'TLS' } : {}),
      reason: `callers of ${name}'s port ${port}, on the node itself`,
      source: ['apps', name, 'allowFrom', i],
    }));
  });
}

/** A network of the spec's own is where its members call from; everyone else comes by the way out. */
function arrivesOver(spec: Cluster, from: Source): NetworkName {
  return from.kind === 'network' ? from.network : wayOut(spec);
}

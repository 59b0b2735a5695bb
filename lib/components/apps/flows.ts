import { PortRange } from '../../net/port';
import { callerFlows } from '../../plan/balanced-service';
import { OUTSIDE, PODS } from '../../plan/claim';
import { callersByWayOut } from '../../plan/client-network';
import { lookUps } from '../../plan/cluster-dns';
import { nodes, workload } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { callsOfApp } from '../../plan/need-flows';
import { probe } from '../../plan/probe';
import { addressKind } from '../../plan/network-kind';
import { outsideEndpoint } from '../../plan/source-endpoint';
import { workloadName } from '../../plan/workload-name';
import type { App } from '../../spec/app';
import type { Cluster } from '../../spec/cluster';
import type { SpecPath } from '../../spec/finding';
import { sortedEntries } from '../../text/compare';
import { apiFlow } from '../api-flow';
import { appLoadBalancers } from './load-balancers';

type Declared = Omit<Flow, 'declaredBy'>;
type Need = App['needs'][number];

/** What the apps call, and who calls them past the ingress. */
export function appFlows(spec: Cluster): Declared[] {
  const callers = appLoadBalancers(spec).flatMap((service) => callerFlows(spec, service));
  const calls = sortedEntries(spec.apps).flatMap(([name, app]) => [
    ...app.needs.flatMap((need, i) => needFlows(spec, name, need, ['apps', name, 'needs', i])),
    ...(app.hostNetwork ? hostNetworkFlows(spec, name, app) : probes(spec, name, app)),
  ]);
  return [...calls, ...callers];
}

/** Which of an app's ports its probes ask is for whoever deploys it to say: any that speaks TCP. */
function probes(spec: Cluster, name: string, { ports, nodes }: App): Declared[] {
  return sortedEntries(ports)
    .filter(([, { protocol }]) => protocol === 'tcp')
    .map(([port, { container, tls }]) =>
      probe({ name: workloadName(spec, name), nodes, port: container, tls, source: ['apps', name, 'ports', port] }),
    );
}

function needFlows(spec: Cluster, name: string, need: Need, source: SpecPath): Declared[] {
  const from = workloadName(spec, name);
  if ('app' in need) return callsOfApp(spec, from, need, source);
  if ('kubernetes' in need) {
    const hostNetwork = spec.apps[name]?.hostNetwork === true;
    return [apiFlow(spec, { name: from, hostNetwork }, need.reason, source)];
  }
  if ('workload' in need || 'nodes' in need) return [inClusterFlow(spec, from, need, source)];
  return [
    {
      from: workload(from),
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

/** A call that goes by no Service: of a component's pods, or of the nodes. */
function inClusterFlow(
  spec: Cluster,
  from: string,
  need: Extract<Need, { workload: string } | { nodes: unknown }>,
  source: SpecPath,
): Declared {
  const { protocol, port, reason } = need;
  const call = { from: workload(from), protocol, over: PODS, reason, source };
  if ('workload' in need) return { ...call, to: workload(need.workload), port: { container: port }, address: 'pod' };
  return {
    ...call,
    to: nodes(need.nodes),
    port: { container: port, host: port },
    address: addressKind(spec, spec.k3s.nodeNetwork),
    ...(need.encryptedBy === undefined ? {} : { encryptedBy: need.encryptedBy }),
  };
}

function hostNetworkFlows(spec: Cluster, name: string, app: App): Declared[] {
  const byName = app.needs.some((need) => 'app' in need && need.by === 'service');
  const asked = byName
    ? lookUps(workload(workloadName(spec, name)), `${name} finds the Services that it calls`, [
        'apps',
        name,
        'hostNetwork',
      ])
    : [];
  return [...asked, ...callers(spec, name, app)];
}

function callers(spec: Cluster, name: string, app: App): Declared[] {
  return app.allowFrom.flatMap((source, i) =>
    callersByWayOut(spec, source, app.nodes).flatMap(({ from, over }) =>
      sortedEntries(app.ports).map(([port, { container, protocol, tls }]) => ({
        from,
        to: workload(workloadName(spec, name)),
        protocol,
        port: { container: PortRange.of(container), host: PortRange.of(container) },
        over,
        address: addressKind(spec, over),
        ...(tls ? { encryptedBy: 'TLS' } : {}),
        reason: `callers of ${name}'s port ${port}, on the node itself`,
        source: ['apps', name, 'allowFrom', i],
      })),
    ),
  );
}

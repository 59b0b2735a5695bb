import { PortRange } from '../../net/port';
import { callerFlows } from '../../plan/balanced-service';
import { PODS } from '../../plan/claim';
import { workload, type Endpoint } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { callsOfApp } from '../../plan/need-flows';
import { probe } from '../../plan/probe';
import { workloadName } from '../../plan/workload-name';
import type { Cluster } from '../../spec/cluster';
import { apiFlow } from '../api-flow';
import { forwardedWorkload } from './forwards';
import { gatewayWorkload, nodesOf, type Placed } from './place';
import { routesOf, type Route } from './routes';
import { gatewayService, probedPorts } from './service';

type Declared = Omit<Flow, 'declaredBy'>;

/** Who calls a gateway, and whom it calls. */
export function gatewayFlows(one: Placed, spec: Cluster): Declared[] {
  const { gateway, source } = one;
  const name = gatewayWorkload(gateway);
  return [
    ...callerFlows(spec, gatewayService(one)),
    ...probedPorts(gateway).map((port) => probe({ name, nodes: nodesOf(gateway, spec), port, source })),
    ...toBackends(one, spec),
    ...toForwards(one),
    ...gateway.needs.flatMap((need, i) => callsOfApp(spec, name, need, [...source, 'needs', i])),
    ...(gateway.watches.length === 0
      ? []
      : [
          apiFlow(
            spec,
            { name, hostNetwork: false },
            `${gateway.name} watches pods and Services of ${gateway.watches.join(', ')}`,
            [...source, 'watches'],
          ),
        ]),
  ];
}

/** Each port of an app once, however many routes lead there. */
function toBackends(one: Placed, spec: Cluster): Declared[] {
  const backends = new Map(routesOf(one, spec).map((route) => [`${route.app} ${route.port.service}`, route]));
  return [...backends.values()].map((route) => toBackend(one, route, spec));
}

function toBackend({ gateway }: Placed, { app, port, source }: Route, spec: Cluster): Declared {
  const onHost = spec.apps[app]?.hostNetwork === true;
  const container = PortRange.of(port.container);
  return {
    from: workload(gatewayWorkload(gateway)),
    to: workload(workloadName(spec, app)),
    protocol: port.protocol,
    port: { container, service: PortRange.of(port.service), ...(onHost ? { host: container } : {}) },
    over: onHost ? spec.k3s.nodeNetwork : PODS,
    address: 'service',
    ...(port.tls ? { encryptedBy: 'TLS' } : {}),
    reason: `${gateway.name} passes on requests for ${app}`,
    source,
  };
}

/** A range is one flow, however many ports it has. */
function toForwards({ gateway, source }: Placed): Declared[] {
  return gateway.forwards.map(({ namespace, selector, to, reason, port }, i) => {
    const end: Endpoint =
      Object.keys(selector).length === 0
        ? { kind: 'pods', namespace }
        : workload(forwardedWorkload(gateway, { namespace, port }));
    return {
      from: workload(gatewayWorkload(gateway)),
      to: end,
      protocol: gateway.ports[port]?.protocol ?? 'tcp',
      port: { container: to },
      over: PODS,
      address: 'pod',
      reason,
      source: [...source, 'forwards', i],
    };
  });
}

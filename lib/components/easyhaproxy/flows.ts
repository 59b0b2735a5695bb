import { PortRange } from '../../net/port';
import { servedPorts } from '../../plan/app-hosts';
import { PODS } from '../../plan/claim';
import { frontNetwork } from '../../plan/client-network';
import { workload } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { workloadName } from '../../plan/workload-name';
import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';
import { apiFlow } from '../api-flow';
import { hostPortFlows } from '../host-port-flows';
import type { EasyhaproxyOptions } from './options';
import { easyhaproxyWorkload, placeOf } from './place';
import { PORTS } from './ports';

type Declared = Omit<Flow, 'declaredBy'>;

/** Who calls EasyHAProxy by the nodes' host ports, and whom it calls. */
export function easyhaproxyFlows(options: EasyhaproxyOptions, spec: Cluster): Declared[] {
  const name = easyhaproxyWorkload(options);
  return [
    ...fromOutside(options, spec),
    ...toApps(options, spec),
    apiFlow(
      spec,
      { name, hostNetwork: false },
      'EasyHAProxy reads Ingresses, Services and the Secrets of certificates',
      placeOf(spec),
    ),
  ];
}

function fromOutside(options: EasyhaproxyOptions, spec: Cluster): Declared[] {
  const front = {
    to: workload(easyhaproxyWorkload(options)),
    nodes: options.nodes,
    front: frontNetwork(spec, options.network),
    ports: PORTS,
    called: "EasyHAProxy's port",
    at: placeOf(spec),
  };
  return hostPortFlows(spec, options.allowFrom, front);
}

/** It dials the Services of an Ingress, by their own addresses. Source: EasyHAProxy 6.0.1, processor/kubernetes.py. */
function toApps(options: EasyhaproxyOptions, spec: Cluster): Declared[] {
  return sortedEntries(spec.apps).flatMap(([name, app]) =>
    servedPorts(name, app, options.name).map(({ container, service, tls }) => ({
      from: workload(easyhaproxyWorkload(options)),
      to: workload(workloadName(spec, name)),
      protocol: 'tcp' as const,
      port: { container: PortRange.of(container), service: PortRange.of(service) },
      over: PODS,
      address: 'service' as const,
      ...(tls ? { encryptedBy: 'TLS' } : {}),
      reason: `EasyHAProxy passes on requests for ${name}`,
      source: ['apps', name, 'hosts'],
    })),
  );
}

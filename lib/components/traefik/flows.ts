import { PortRange } from '../../net/port';
import { PORTS } from '../../net/well-known-ports';
import { servedPorts } from '../../plan/app-hosts';
import { workloadName } from '../../plan/base';
import { PODS } from '../../plan/claim';
import { nodes, workload } from '../../plan/endpoint';
import type { Flow, PortNumbers } from '../../plan/flow';
import { addressKind } from '../../plan/network-kind';
import { sourceEndpoint } from '../../plan/source-endpoint';
import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';
import { entrypoints, type Entrypoint } from './entrypoints';
import type { TraefikOptions } from './options';
import { clientNetwork, placeOf, TRAEFIK } from './place';

type Declared = Omit<Flow, 'declaredBy'>;

/**
 * Who calls Traefik, and whom Traefik calls. The kubelet's probes are not among them: they never leave the node,
 * by loopback on the host network and by the pod's own device otherwise.
 */
export function traefikFlows(options: TraefikOptions, spec: Cluster): Declared[] {
  return [...fromClients(options, spec), ...toApps(options, spec), toApi(options, spec)];
}

function fromClients(options: TraefikOptions, spec: Cluster): Declared[] {
  const over = clientNetwork(options, spec);
  return options.allowFrom.flatMap((source, i) =>
    entrypoints(options).map((entrypoint) => ({
      from: sourceEndpoint(spec, source),
      to: workload(TRAEFIK),
      protocol: 'tcp' as const,
      port: portNumbers(options, entrypoint),
      over,
      address: options.mode === 'host-network' ? addressKind(spec, over) : ('vip' as const),
      ...(entrypoint.tls ? { encryptedBy: 'TLS' } : {}),
      reason: `requests from outside, at Traefik's entrypoint ${entrypoint.name}`,
      source: [...placeOf(spec), 'allowFrom', i],
    })),
  );
}

function portNumbers(options: TraefikOptions, { bound, dialled }: Entrypoint): PortNumbers {
  const container = PortRange.of(bound);
  return options.mode === 'host-network'
    ? { container, host: container }
    : { container, service: PortRange.of(dialled) };
}

/** Traefik balances by itself and dials the pods, not the Service. */
function toApps(options: TraefikOptions, spec: Cluster): Declared[] {
  return sortedEntries(spec.apps).flatMap(([name, app]) =>
    servedPorts(name, app, options.name).map(({ container, tls }) => ({
      from: workload(TRAEFIK),
      to: workload(workloadName(spec, name)),
      protocol: 'tcp' as const,
      port: { container: PortRange.of(container) },
      over: PODS,
      address: 'pod' as const,
      ...(tls ? { encryptedBy: 'TLS' } : {}),
      reason: `Traefik passes on requests for ${name}`,
      source: ['apps', name, 'hosts'],
    })),
  );
}

function toApi(options: TraefikOptions, spec: Cluster): Declared {
  const api = PortRange.of(PORTS.k3sApi.port);
  const onHost = options.mode === 'host-network';
  return {
    from: workload(TRAEFIK),
    to: nodes('servers'),
    protocol: 'tcp',
    port: { container: api, host: api, ...(onHost ? {} : { service: PortRange.of(443) }) },
    over: onHost ? spec.k3s.nodeNetwork : PODS,
    address: onHost ? addressKind(spec, spec.k3s.nodeNetwork) : 'service',
    encryptedBy: 'TLS',
    reason: 'Traefik watches Ingresses, Services and endpoints',
    source: placeOf(spec),
  };
}

import { PortRange } from '../../net/port';
import { servedPorts } from '../../plan/app-hosts';
import { callerFlows } from '../../plan/balanced-service';
import { PODS } from '../../plan/claim';
import { frontNetwork } from '../../plan/client-network';
import { lookUps } from '../../plan/cluster-dns';
import { workload } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { probe } from '../../plan/probe';
import { workloadName } from '../../plan/workload-name';
import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';
import { apiFlow } from '../api-flow';
import { hostPortFlows } from '../host-port-flows';
import { entrypoints, innerPorts } from './entrypoints';
import { bundledInstallers } from './installers';
import type { TraefikOptions } from './options';
import { placeOf, traefikWorkload } from './place';
import { frontServices } from './services';

type Declared = Omit<Flow, 'declaredBy'>;

/** Who calls Traefik, and whom Traefik calls. On the host network the kubelet's probes go by loopback. */
export function traefikFlows(options: TraefikOptions, spec: Cluster): Declared[] {
  const name = traefikWorkload(options);
  const hostNetwork = options.mode === 'host-network';
  return [
    ...(hostNetwork
      ? toNodes(options, spec)
      : frontServices(options, spec).flatMap(({ balanced }) => callerFlows(spec, balanced))),
    ...toApps(options, spec),
    ...innerPorts(options)
      .filter(({ probed }) => probed === true && !hostNetwork)
      .map(({ port }) => probe({ name, nodes: options.nodes, port, source: placeOf(spec) })),
    // Its pods ask cluster DNS (dnsPolicy), as other pods do without being told.
    ...(hostNetwork
      ? lookUps(workload(name), 'Traefik resolves names, such as those of ExternalName Services', placeOf(spec))
      : []),
    ...bundledInstallers(options).map((installer) =>
      apiFlow(
        spec,
        { name: installer, hostNetwork: false },
        'K3s installs its Traefik, from a chart that the API server itself hands out',
        placeOf(spec),
      ),
    ),
    apiFlow(spec, { name, hostNetwork }, 'Traefik watches Ingresses, Services and endpoints', placeOf(spec)),
  ];
}

function toNodes(options: TraefikOptions, spec: Cluster): Declared[] {
  const front = {
    to: workload(traefikWorkload(options)),
    nodes: options.nodes,
    front: frontNetwork(spec, options.network),
    ports: entrypoints(options).map(({ name, bound, tls }) => ({ name, port: PortRange.of(bound), tls })),
    called: "Traefik's entrypoint",
    at: placeOf(spec),
  };
  return hostPortFlows(spec, options.allowFrom, front);
}

/** Traefik balances by itself and dials the pods, not the Service. */
function toApps(options: TraefikOptions, spec: Cluster): Declared[] {
  return sortedEntries(spec.apps).flatMap(([name, app]) =>
    servedPorts(name, app, options.name).map(({ container, tls }) => ({
      from: workload(traefikWorkload(options)),
      to: workload(workloadName(spec, name)),
      protocol: 'tcp' as const,
      port: { container: PortRange.of(container) },
      over: PODS,
      address: 'pod' as const,
      ...(tls ? { encryptedBy: tlsTo(options, name) } : {}),
      reason: `Traefik passes on requests for ${name}`,
      source: ['apps', name, 'hosts'],
    })),
  );
}

/** Encryption to somebody who need not prove who he is keeps out those who listen, and not those who pretend. */
function tlsTo({ transports }: TraefikOptions, app: string): string {
  return transports[app]?.insecureSkipVerify === true ? 'TLS, the certificate unchecked' : 'TLS';
}

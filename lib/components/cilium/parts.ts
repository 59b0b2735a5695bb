import { PortRange } from '../../net/port';
import { PORTS, type WellKnownPort } from '../../net/well-known-ports';
import type { Listener } from '../../plan/listener';
import type { ReservedService } from '../../plan/reserved-service';
import type { Workload } from '../../plan/workload';
import { NAMESPACE, PARTS, partName, type Part } from './names';
import type { CiliumOptions } from './options';
import { tunnelOf } from './routing';

const source = ['cni'];

/** The pages of Hubble's UI, behind its Service's port 80. Source: the chart's templates, hubble-ui/deployment.yaml. */
export const HUBBLE_UI = { container: PortRange.of(8081), service: PortRange.of(80) };
/** Source: the chart's values, hubble.relay.listenPort, and its Service. */
export const HUBBLE_RELAY = { container: PORTS.hubbleRelay.range, service: PortRange.of(80) };

/** The pods of this cluster's Cilium. */
export function partsOf({ hubble }: CiliumOptions): Part[] {
  const relay = hubble !== undefined && (hubble.relay || hubble.ui);
  return [
    'agent',
    'envoy',
    'operator',
    ...(hubble === undefined ? [] : (['certificates'] as const)),
    ...(relay ? (['relay'] as const) : []),
    ...(hubble?.ui === true ? (['ui'] as const) : []),
  ];
}

export function workloads(options: CiliumOptions): Omit<Workload, 'owner'>[] {
  return partsOf(options).map((part) => ({
    name: partName(part),
    namespace: NAMESPACE,
    labels: PARTS[part].labels,
    hostNetwork: PARTS[part].hostNetwork,
    nodes: 'all',
    source,
  }));
}

/** Services that the chart makes. Source: its templates, cilium-envoy, hubble, hubble-relay and hubble-ui. */
export function reservedServices(options: CiliumOptions): Omit<ReservedService, 'owner'>[] {
  const parts = partsOf(options);
  return [
    {
      name: partName('envoy'),
      purpose: "metrics of Cilium's Envoy",
      ports: [{ service: number(PORTS.ciliumEnvoyMetrics), container: number(PORTS.ciliumEnvoyMetrics) }],
      isHeadless: true,
      source,
    },
    ...(options.hubble === undefined
      ? []
      : [
          {
            name: `${NAMESPACE}/hubble-peer`,
            purpose: 'the agents, for the relay',
            workload: partName('agent'),
            // Source: the chart's values, hubble.peerService.targetPort, and 443 where it speaks TLS.
            ports: [{ service: 443, container: number(PORTS.hubbleServer) }],
            source,
          },
        ]),
    ...(parts.includes('relay') ? [{ name: partName('relay'), purpose: 'Hubble relay', source }] : []),
    ...(parts.includes('ui') ? [{ name: partName('ui'), purpose: "Hubble's pages", source }] : []),
  ];
}

function number({ range }: WellKnownPort): number {
  return range.first;
}

/** What Cilium binds: most of it on the nodes themselves. */
export function listeners(options: CiliumOptions): Omit<Listener, 'owner'>[] {
  const tunnel = tunnelOf(options);
  const parts = partsOf(options);
  return [
    onEveryNode(PORTS.ciliumHealth, 'cilium-health, asked by the other nodes'),
    onEveryNode(PORTS.ciliumAgentHealth, "the agent's health", 'loopback'),
    onEveryNode(PORTS.ciliumEnvoyHealth, "Envoy's health", 'loopback'),
    onEveryNode(PORTS.ciliumOperatorHealth, "the operator's health", 'loopback'),
    onEveryNode(PORTS.ciliumOperatorMetrics, 'metrics of the Cilium operator'),
    onEveryNode(PORTS.ciliumEnvoyMetrics, "metrics of Cilium's Envoy"),
    ...(tunnel === undefined
      ? []
      : [onEveryNode({ range: tunnel.port, protocol: 'udp' }, `Cilium's ${tunnel.label} tunnel`)]),
    ...(options.encryption === 'wireguard' ? [onEveryNode(PORTS.ciliumWireguard, "Cilium's WireGuard")] : []),
    ...(options.hubble === undefined ? [] : [onEveryNode(PORTS.hubbleServer, 'Hubble, what the agent sees')]),
    ...(parts.includes('relay') ? [inPods('relay', HUBBLE_RELAY, 'Hubble relay, what all agents see')] : []),
    ...(parts.includes('ui') ? [inPods('ui', HUBBLE_UI, "Hubble's pages")] : []),
  ];
}

function onEveryNode(
  { range, protocol }: Pick<WellKnownPort, 'range' | 'protocol'>,
  purpose: string,
  bind: Listener['bind'] = 'all',
): Omit<Listener, 'owner'> {
  return { on: { nodes: 'all' }, protocol, bind, ports: { container: range, host: range }, purpose, source };
}

function inPods(part: Part, ports: Listener['ports'], purpose: string): Omit<Listener, 'owner'> {
  return { on: { workload: partName(part) }, protocol: 'tcp', bind: 'all', ports, purpose, source };
}

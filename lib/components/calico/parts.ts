import { PORTS, type WellKnownPort } from '../../net/well-known-ports';
import type { Listener } from '../../plan/listener';
import type { ReservedService } from '../../plan/reserved-service';
import { outerFamilies } from '../../plan/underlay';
import type { Workload } from '../../plan/workload';
import type { Cluster } from '../../spec/cluster';
import { encapsulationOf } from './encapsulation';
import { PARTS, partName, type CalicoPart } from './names';
import type { CalicoOptions } from './options';

const source = ['cni'];

/** UDP ports of Calico's WireGuard, by the outer packet's family. */
export const WIREGUARD_PORTS = { 4: PORTS.calicoWireguard4, 6: PORTS.calicoWireguard6 } as const;

export function workloads(): Omit<Workload, 'owner'>[] {
  return (Object.keys(PARTS) as CalicoPart[]).map((part) => ({
    name: partName(part),
    namespace: PARTS[part].namespace,
    labels: PARTS[part].labels,
    hostNetwork: PARTS[part].hostNetwork,
    nodes: 'all',
    // Source: tigera/operator, pkg/render: its own tolerations, and those it gives to what it makes.
    tolerates: 'every-taint',
    source,
  }));
}

/**
 * Services that the operator makes for an Installation alone. Those of Calico's API server (calico-api), of goldmane and
 * of whisker come with objects of their own, which the chart is told not to make. Source: tigera/operator 1.43,
 * pkg/render/typha.go and pkg/render/kubecontrollers/kube-controllers.go.
 */
export function reservedServices(): Omit<ReservedService, 'owner'>[] {
  return [
    { name: partName('typha'), purpose: 'what the API server says, handed on to nodes', source },
    {
      name: `${partName('controllers')}-metrics`,
      purpose: "metrics of Calico's controllers",
      workload: partName('controllers'),
      isHeadless: true,
      source,
    },
  ];
}

/** What Calico binds. Felix and Typha serve no metrics unless they are told to, and nothing here does. */
export function listeners(options: CalicoOptions, spec: Cluster): Omit<Listener, 'owner'>[] {
  const tunnel = encapsulationOf(options);
  return [
    ...(tunnel.name === 'vxlan' ? [onEveryNode(PORTS.calicoVxlan, "Calico's VXLAN tunnel")] : []),
    ...(options.wireguard
      ? outerFamilies(spec).map((family) =>
          onEveryNode(WIREGUARD_PORTS[family], `Calico's WireGuard${family === 6 ? ' over IPv6' : ''}`),
        )
      : []),
    ...(options.bgp ? [onEveryNode(PORTS.bgp, "BIRD, Calico's BGP daemon")] : []),
    inPart('typha', PORTS.calicoTypha, 'Typha, what the API server says, handed on to nodes'),
    onEveryNode(PORTS.calicoFelixHealth, "Felix's health", 'loopback'),
    onEveryNode(PORTS.calicoTyphaHealth, "Typha's health", 'loopback'),
    inPart('controllers', PORTS.calicoControllersMetrics, "metrics of Calico's controllers"),
  ];
}

function onEveryNode(
  { range, protocol }: WellKnownPort,
  purpose: string,
  bind: Listener['bind'] = 'all',
): Omit<Listener, 'owner'> {
  return { on: { nodes: 'all' }, protocol, bind, ports: { container: range, host: range }, purpose, source };
}

function inPart(part: CalicoPart, { range, protocol }: WellKnownPort, purpose: string): Omit<Listener, 'owner'> {
  const ports = PARTS[part].hostNetwork ? { container: range, host: range } : { container: range };
  return { on: { workload: partName(part) }, protocol, bind: 'all', ports, purpose, source };
}

import { AddressSet } from '../net/address-set';
import type { PortRange } from '../net/port';
import type { NodeSelector } from '../spec/fields';
import { PODS, SERVICES, type NetworkName } from './claim';
import { podAddresses, serviceAddresses } from './cluster-ranges';
import type { Endpoint } from './endpoint';
import { dialledPort, type Flow, type Protocol } from './flow';
import { isPod } from './flow-end';
import { addressesOf, interfaceOf, nodeAddresses, isSelected } from './nodes';
import { oncePerName } from './once';
import type { Plan } from './plan';
import { wayOut } from './way-out';

/** How packets of a flow look when they reach one node's own firewall, before anything translates them. */
export interface Arrival {
  readonly flow: Flow;
  /** Devices they come in by. */
  readonly devices: readonly string[];
  /** Source addresses. Absent: any; the device alone is trusted. */
  readonly sources?: AddressSet;
  /** Destination addresses. Absent: any address of the node's own. */
  readonly destinations?: AddressSet;
  readonly protocol: Protocol;
  /** Destination port as it was dialled. Absent: all, or a protocol without ports. */
  readonly port?: PortRange;
  /** The port after the host's own translation, where that differs. */
  readonly translated?: PortRange;
}

/**
 * The one place that knows under which addresses, on which device and at which port a flow arrives at a node.
 * Flows that only pass through the node to a pod do not arrive at it.
 */
export function seenAs(flow: Flow, plan: Plan, node: string): readonly Arrival[] {
  if (!arrivesAt(flow.to, plan, node, flow)) return [];
  if (isPod(flow.from, plan)) return [...fromOwnPods(flow, plan, node), ...fromOtherNodesPods(flow, plan, node)];
  return fromNetwork(flow, plan, node);
}

/** Every arrival at one node, in the order of the plan's flows. */
export const arrivals = oncePerName((plan: Plan, node): readonly Arrival[] =>
  plan.flows.flatMap((flow) => seenAs(flow, plan, node)),
);

/** Whether an end is processes of the node itself: what is for a pod of its own network is only sent on to it. */
export function isOnHost(end: Endpoint, { spec, workloads }: Plan, node: string): boolean {
  if (end.kind === 'nodes') return isSelected(spec, node, end.select);
  const workload = end.kind === 'workload' ? workloads.get(end.workload) : undefined;
  return workload?.hostNetwork === true && isSelected(spec, node, workload.nodes);
}

function arrivesAt(to: Endpoint, plan: Plan, node: string, flow: Flow): boolean {
  if (to.kind === 'nodes') return isSelected(plan.spec, node, to.select);
  // Service addresses are the node's own under IPVS (kube-ipvs0), so pods' calls to them pass its firewall.
  if (to.kind === 'pods') return flow.over === SERVICES;
  if (to.kind !== 'workload') return false;
  const workload = plan.workloads.get(to.workload);
  if (workload === undefined) return false;
  // Any node may announce a virtual address, wherever the pods behind it run.
  if (flow.address === 'vip') return true;
  // ServiceLB answers on nodes' own addresses, wherever the pods behind it run.
  if (flow.dialled !== undefined)
    return addressesOf(plan.spec, node, flow.over).some((own) => flow.dialled?.contains(own));
  if (!isSelected(plan.spec, node, workload.nodes)) return false;
  if (workload.hostNetwork) return true;
  return flow.port?.host !== undefined && flow.address !== 'pod' && flow.address !== 'service';
}

/** A pod of this node comes in by the pod network's own device, under an address that no other device may claim. */
function fromOwnPods(flow: Flow, plan: Plan, node: string): Arrival[] {
  if (flow.from.kind === 'workload') {
    const workload = plan.workloads.get(flow.from.workload);
    if (workload !== undefined && !isSelected(plan.spec, node, workload.nodes)) return [];
  }
  const devices = plan.podNetwork.podDevices;
  if (flow.over === SERVICES) {
    return [arrival(flow, { devices, destinations: serviceAddresses(plan.spec) })];
  }
  return [arrival(flow, { devices })];
}

/** A pod of another node comes under its own node's address where the CNI masquerades, else under its own. */
function fromOtherNodesPods(flow: Flow, plan: Plan, node: string): Arrival[] {
  // A Service's address, virtual ones included, never leaves the node on which a pod dialled it, and a link-local one never
  // leaves its link.
  if (flow.over === SERVICES || flow.address === 'vip' || flow.address === 'link-local') return [];
  const { underlay, masquerades } = plan.podNetwork;
  const network = addressesOf(plan.spec, node, flow.over).length > 0 ? flow.over : underlay;
  const workload = flow.from.kind === 'workload' ? plan.workloads.get(flow.from.workload) : undefined;
  const callers = otherNodes(plan, workload?.nodes ?? 'all', node, network);
  if (callers.isEmpty) return [];
  const sources = masquerades ? callers : podAddresses(plan.spec);
  return [arrival(flow, { devices: [interfaceOf(plan.spec, node, network)], sources })];
}

function fromNetwork(flow: Flow, plan: Plan, node: string): Arrival[] {
  const network = flow.over === PODS || flow.over === SERVICES ? plan.podNetwork.underlay : flow.over;
  const on = plan.spec.networks[network] === undefined ? wayOut(plan.spec) : network;
  if (addressesOf(plan.spec, node, on).length === 0) return [];
  const sources = sourceAddresses(flow.from, plan, node, on);
  if (sources?.isEmpty) return [];
  const devices = flow.devices ?? [interfaceOf(plan.spec, node, on)];
  return [arrival(flow, { devices, ...(sources ? { sources } : {}) })];
}

/** The addresses of the end that calls; undefined for anywhere, empty for one that has none. */
function sourceAddresses(from: Endpoint, plan: Plan, node: string, network: string): AddressSet | undefined {
  switch (from.kind) {
    case 'internet':
      return undefined;
    case 'range':
      return from.addresses;
    case 'nodes':
      return otherNodes(plan, from.select, node, network);
    case 'workload':
      return otherNodes(plan, plan.workloads.get(from.workload)?.nodes ?? 'all', node, network);
    case 'pods':
    case 'name':
      return AddressSet.empty;
  }
}

/** A node reaches itself by loopback, which every firewall lets through. */
export function otherNodes(plan: Plan, select: NodeSelector, node: string, network: string): AddressSet {
  return withoutNode(nodeAddresses(plan.spec, select, network), node, plan, network);
}

/** Of one network's addresses, which are one set for all who ask. */
const withoutNode = oncePerName((all: AddressSet, node, { spec }: Plan, network: NetworkName) =>
  all.difference(AddressSet.of(...addressesOf(spec, node, network))),
);

function arrival(flow: Flow, seen: Pick<Arrival, 'devices' | 'sources' | 'destinations'>): Arrival {
  const port = arrivingPort(flow);
  const inner = flow.port?.container;
  const moved = port !== undefined && inner !== undefined && !inner.equals(port);
  return {
    flow,
    protocol: flow.protocol,
    ...(flow.dialled ? { destinations: flow.dialled } : {}),
    ...seen,
    ...(port ? { port } : {}),
    ...(moved ? { translated: inner } : {}),
  };
}

/** A Service's address and port are the node's own ones by the time a packet is the node's to judge. */
function arrivingPort(flow: Flow): PortRange | undefined {
  return flow.address === 'service' ? (flow.port?.host ?? flow.port?.container) : dialledPort(flow);
}

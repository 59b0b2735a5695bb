import { AddressSet } from '../../net/address-set';
import type { PortRange } from '../../net/port';
import { icmpMessages } from '../../net/well-known-icmp';
import { addressesBehind } from '../../plan/devices';
import type { Endpoint } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { isPod } from '../../plan/flow-end';
import type { Plan } from '../../plan/plan';
import { arrivals, isOnHost, type Arrival } from '../../plan/seen-as';
import { Traffic } from '../../reach/traffic';
import { trafficOf } from '../flow-traffic';
import { allNodeAddresses } from '../../plan/nodes';
import type { HostEnd } from './host-end';

/** Whom a node's own policies meet in an arriving flow. */
export type HostPeer =
  | { readonly kind: 'addresses'; readonly addresses: AddressSet }
  | { readonly kind: 'pods'; readonly meant: Endpoint }
  | { readonly kind: 'nodes' };

/** What a flow asks of the policies of a node. */
export interface HostDemand {
  readonly flow: Flow;
  readonly traffic: Traffic;
  readonly peer: HostPeer;
}

/** What arrives at one end, as its engine judges it. */
export function hostDemands(plan: Plan, end: HostEnd): HostDemand[] {
  return arrivals(plan, end.node).flatMap((arrival) =>
    end.device === undefined ? ciliumDemands(plan, end.node, arrival) : calicoDemands(plan, end, end.device, arrival),
  );
}

/** Cilium judges what lands in a process of the node, at the port that process binds, and knows pods and nodes by who they are. */
function ciliumDemands(plan: Plan, node: string, arrival: Arrival): HostDemand[] {
  const { flow, sources, protocol } = arrival;
  // Its own tunnels are opened before its host policies see a packet.
  if (!isOnHost(flow.to, plan, node) || protocol === 'esp' || protocol === 'ipip') return [];
  const traffic = landing(arrival);
  return ciliumPeers(plan, flow, sources).map((peer) => ({ flow, traffic, peer }));
}

function ciliumPeers(plan: Plan, flow: Flow, sources: AddressSet | undefined): HostPeer[] {
  if (isPod(flow.from, plan)) {
    const pods = { kind: 'pods', meant: flow.from } as const;
    return sources !== undefined && plan.podNetwork.masquerades ? [pods, { kind: 'nodes' }] : [pods];
  }
  if (sources === undefined) return [{ kind: 'addresses', addresses: AddressSet.everything }, { kind: 'nodes' }];
  const addresses = { kind: 'addresses', addresses: sources } as const;
  return sources.overlaps(allNodeAddresses(plan.spec)) ? [addresses, { kind: 'nodes' }] : [addresses];
}

/** Calico knows addresses alone, and judges twice: as a caller dials, and at the port where the node's own process gets it. */
function calicoDemands(plan: Plan, { node, stage }: HostEnd, device: string, arrival: Arrival): HostDemand[] {
  const { flow, sources, devices, destinations } = arrival;
  if (!devices.includes(device) || (stage === 'landing' && !isOnHost(flow.to, plan, node))) return [];
  if (
    stage === 'dialled' &&
    destinations?.overlaps(AddressSet.of(...addressesBehind(plan.spec, node, device))) === false
  )
    return [];
  const traffic = stage === 'landing' ? landing(arrival) : traffics(arrival, arrival.port);
  return [{ flow, traffic, peer: { kind: 'addresses', addresses: sources ?? AddressSet.everything } }];
}

function landing(arrival: Arrival): Traffic {
  return traffics(arrival, arrival.translated ?? arrival.port);
}

/** Of ICMP the messages that are known: a rule that means all of them names each. */
function traffics({ flow, protocol }: Arrival, port: PortRange | undefined): Traffic {
  if ((protocol === 'icmp' || protocol === 'icmpv6') && flow.icmpTypes === undefined)
    return trafficOf({ protocol, icmpTypes: icmpMessages(protocol) }, undefined);
  return trafficOf(flow, port);
}

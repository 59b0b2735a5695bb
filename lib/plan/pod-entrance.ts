import type { AddressSet } from '../net/address-set';
import { podAddresses } from './cluster-ranges';
import type { Flow } from './flow';
import { addressesOf, interfaceOf, nodeAddresses } from './nodes';
import type { Plan } from './plan';

/** A device by which packets from or to pod addresses may enter a node. */
export interface PodEntrance {
  readonly device: string;
  /** Who may send to pods by it. Absent: any; the device is the pod network's own. */
  readonly sources?: AddressSet;
  readonly reason: string;
}

/** Every other device that brings a pod's address in brings a forged one, or a neighbour's way around the firewall. */
export function podEntrances(plan: Plan, node: string): readonly PodEntrance[] {
  const { podDevices, tunnelDevices } = plan.podNetwork;
  const own = podDevices.map((device) => ({ device, reason: 'pods of this node' }));
  const tunnels = tunnelDevices.map((device) => ({ device, reason: 'pods of other nodes, out of the tunnel' }));
  const bare = plan.flows
    .filter((flow) => isUntunnelled(flow, plan) && addressesOf(plan.spec, node, flow.over).length > 0)
    .map((flow) => ({
      device: interfaceOf(plan.spec, node, flow.over),
      // A process on a node's own network calls pods under the node's address.
      sources: podAddresses(plan.spec).union(nodeAddresses(plan.spec, 'all', flow.over)),
      reason: flow.reason,
    }));
  return [...own, ...tunnels, ...bare];
}

/** Pod traffic between nodes that travels one of the spec's networks as it is. */
function isUntunnelled(flow: Flow, plan: Plan): boolean {
  return flow.from.kind === 'pods' && flow.to.kind === 'pods' && plan.spec.networks[flow.over] !== undefined;
}

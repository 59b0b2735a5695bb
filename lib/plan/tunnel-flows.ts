import type { Flow } from './flow';
import type { Plan } from './plan';

/** Whether a flow is the pod network's own way from node to node: what pods say to each other rides in it. */
export function carriesPods({ podNetwork }: Pick<Plan, 'podNetwork'>, flow: Flow): boolean {
  return flow.declaredBy === podNetwork.owner && flow.over === podNetwork.underlay;
}

/**
 * The outer packets of the pod network's tunnel, where they go by UDP. While nodes roll from one tunnel to another, those
 * of the one in use stand first: WireGuard encrypts its own packets, and no other tunnel does.
 */
export function tunnelFlows(plan: Pick<Plan, 'flows' | 'podNetwork'>): readonly Flow[] {
  const flows = plan.flows.filter((flow) => flow.protocol === 'udp' && carriesPods(plan, flow));
  const encrypts = plan.podNetwork.encapsulation === 'wireguard';
  const inUse = (flow: Flow) => (flow.encryptedBy !== undefined) === encrypts;
  return [...flows.filter(inUse), ...flows.filter((flow) => !inUse(flow))];
}

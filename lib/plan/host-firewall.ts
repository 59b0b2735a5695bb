import { ownerOf } from './capability';
import type { Plan } from './plan';

/** The component that the spec's own firewall belongs to. */
export const FIREWALL = 'firewall';

/** What guards the nodes, by its name: a program of the host, or the pod network itself. Undefined: nothing. */
export function hostFirewall(plan: Pick<Plan, 'podNetwork' | 'provided' | 'spec'>): string | undefined {
  const owner = ownerOf(plan, 'host-firewall');
  if (owner === undefined) return undefined;
  return owner === FIREWALL ? plan.spec.firewall.kind : plan.podNetwork.owner;
}

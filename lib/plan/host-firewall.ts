import type { Plan } from './plan';

/** What guards the nodes, by its name: a program of the host, or the pod network itself. Undefined: nothing. */
export function hostFirewall({
  podNetwork,
  provided,
  spec,
}: Pick<Plan, 'podNetwork' | 'provided' | 'spec'>): string | undefined {
  const owner = provided.find(({ name }) => name === 'host-firewall')?.owner;
  if (owner === undefined) return undefined;
  return owner === 'firewall' ? spec.firewall.kind : podNetwork.owner;
}

import type { Address } from '../../net/address';
import { addressOf } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import type { SwarmOptions } from './options';

/** Where the stack file lies on managers. */
export const STACK_PATH = '/etc/wayleave/swarm/stack.yaml';
/** The stack's name: in front of its services' names. */
export const STACK = 'wayleave';

/** The manager that starts the Swarm, and by which the others join. */
export function firstManager({ managers }: SwarmOptions): string {
  const [first] = managers;
  if (first === undefined) throw new Error('a Swarm has managers');
  return first;
}

/** A node's address in the Swarm. */
export function swarmAddress(options: SwarmOptions, spec: Cluster, node: string): Address {
  return addressOf(spec, node, options.network);
}

import type { Endpoint } from './endpoint';
import type { Plan } from './plan';

/** Whether an end is pods that have addresses of their own. */
export function isPod(end: Endpoint, plan: Plan): boolean {
  if (end.kind === 'workload') return plan.workloads.get(end.workload)?.hostNetwork === false;
  return end.kind === 'pods';
}

/** Whether an end is a node's own network: the node, or pods that use it. */
export function isNode(end: Endpoint, plan: Plan): boolean {
  if (end.kind === 'workload') return plan.workloads.get(end.workload)?.hostNetwork === true;
  return end.kind === 'nodes';
}

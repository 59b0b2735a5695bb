import type { Flow } from '../plan/flow';
import type { Plan } from '../plan/plan';
import { calledSeen, callersSeen, concernsPods, type PodPeer } from '../plan/seen-by-pods';

/** A flow that bears on pods, and whom each side of it meets. */
export interface PodFlow {
  readonly flow: Flow;
  readonly callers: readonly PodPeer[];
  readonly called: readonly PodPeer[];
}

export function podFlows(plan: Plan): PodFlow[] {
  return plan.flows
    .filter((flow) => concernsPods(flow, plan))
    .map((flow) => ({ flow, callers: callersSeen(flow, plan), called: calledSeen(flow, plan) }));
}

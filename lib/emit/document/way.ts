import { meetsProxy, type Entrance } from '../../plan/entrance';
import { dialledPort, type Flow } from '../../plan/flow';
import type { Plan } from '../../plan/plan';
import { callsOf, mostTelling, wayIn } from './entrance';

/** Everything the hops of one request are told from. */
export interface Way {
  readonly plan: Plan;
  readonly entrance: Entrance;
  readonly front: NonNullable<Entrance['front']>;
  /** From outside to the ingress; of a tunnel, from its pods to the edge. */
  readonly outer: Flow;
  /** From the ingress to the app. */
  readonly inner: Flow;
  /** What the app calls to answer. */
  readonly calls: readonly Flow[];
  readonly proxied: boolean;
}

/** The way of one request for each thing that lets requests in. */
export function waysOf(plan: Plan): Way[] {
  return mostTelling(plan).flatMap((entrance) => wayOf(plan, entrance) ?? []);
}

function wayOf(plan: Plan, entrance: Entrance): Way | undefined {
  const outer = wayIn(plan, entrance);
  if (entrance.front === undefined || entrance.inner === undefined || outer === undefined) return undefined;
  return {
    plan,
    entrance,
    front: entrance.front,
    outer,
    inner: entrance.inner,
    calls: callsOf(plan, entrance.workload),
    proxied: meetsProxy(plan, entrance),
  };
}

/** The port a client dials, as text. */
export function dialled(flow: Flow): string {
  return String(dialledPort(flow) ?? flow.protocol);
}

/** The port the process behind it binds, as text. */
export function bound(flow: Flow): string {
  return String(flow.port?.container ?? flow.protocol);
}

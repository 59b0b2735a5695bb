import { dialledPort, type Flow } from '../../plan/flow';
import type { Plan } from '../../plan/plan';
import { isProxied, mostTelling, wayIn, type Entrance } from './entrance';

/** Everything the hops of one request are told from. */
export interface Way {
  readonly plan: Plan;
  readonly entrance: Entrance;
  readonly front: NonNullable<Entrance['front']>;
  /** From outside to the ingress. */
  readonly outer: Flow;
  /** From the ingress to the app. */
  readonly inner: Flow;
  /** What the app calls to answer. */
  readonly calls: readonly Flow[];
  readonly proxied: boolean;
}

/** The way of the request that says most; undefined where no ingress serves a host. */
export function wayOf(plan: Plan): Way | undefined {
  const entrance = mostTelling(plan);
  if (entrance?.front === undefined || entrance.inner === undefined) return undefined;
  const outer = wayIn(plan, entrance);
  if (outer === undefined) return undefined;
  const calls = plan.flows.filter(
    ({ from, declaredBy }) => from.kind === 'workload' && from.workload === entrance.workload && declaredBy === 'apps',
  );
  return {
    plan,
    entrance,
    front: entrance.front,
    outer,
    inner: entrance.inner,
    calls,
    proxied: isProxied(plan.spec, entrance.host),
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

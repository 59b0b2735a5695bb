import type { Endpoint } from '../plan/endpoint';
import { firstEnd, type Flow } from '../plan/flow';
import type { PodPeer } from '../plan/seen-by-pods';
import type { Direction } from '../reach/policy';
import type { Traffic } from '../reach/traffic';
import { trafficToNodes, trafficToPods } from './flow-traffic';
import type { PodFlow } from './pod-flow';
import type { PodsEnd } from './proof-world';

/** What a flow asks of the policies of one end, where the other end is no pod. */
export interface Demand {
  readonly flow: Flow;
  readonly traffic: Traffic;
  readonly peer: PodPeer;
}

/** What may pass, and need not. */
export type Permit = Omit<Demand, 'flow'>;

/** A flow between two pods. */
export interface PairDemand {
  readonly flow: Flow;
  readonly traffic: Traffic;
}

/** What the plan's flows say of each end. */
export interface Declared {
  pair(from: PodsEnd, to: PodsEnd): readonly PairDemand[];
  demands(direction: Direction, end: PodsEnd): readonly Demand[];
}

export function declaredBy(flows: readonly PodFlow[], ends: readonly PodsEnd[]): Declared {
  const pairs = new Map<PodsEnd, Map<PodsEnd, PairDemand[]>>();
  const demands: Record<Direction, Map<PodsEnd, Demand[]>> = { ingress: new Map(), egress: new Map() };
  const meant = podsMeant(ends);
  for (const { flow, callers, called } of flows) {
    const sources = meant(flow.from);
    // Where somebody takes the call and passes it on, that call is a flow of its own.
    const destinations = meant(firstEnd(flow));
    const traffic = trafficToPods(flow);
    for (const from of sources) for (const to of destinations) addPair(pairs, from, to, flow, traffic);
    for (const peer of callers.filter(isNoPod))
      for (const to of destinations) add(demands.ingress, to, { flow, traffic, peer });
    for (const peer of called.filter(isNoPod)) {
      const toPeer = peer.kind === 'nodes' ? trafficToNodes(flow) : traffic;
      for (const from of sources) add(demands.egress, from, { flow, traffic: toPeer, peer });
    }
  }
  return {
    pair: (from, to) => pairs.get(from)?.get(to) ?? [],
    demands: (direction, end) => demands[direction].get(end) ?? [],
  };
}

function addPair(
  pairs: Map<PodsEnd, Map<PodsEnd, PairDemand[]>>,
  from: PodsEnd,
  to: PodsEnd,
  flow: Flow,
  traffic: Traffic,
): void {
  let ofSource = pairs.get(from);
  if (ofSource === undefined) pairs.set(from, (ofSource = new Map<PodsEnd, PairDemand[]>()));
  add(ofSource, to, { flow, traffic });
}

function add<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function isNoPod({ kind }: PodPeer): boolean {
  return kind !== 'workload' && kind !== 'pods';
}

/** The pods with addresses of their own that an end of a flow means. */
function podsMeant(ends: readonly PodsEnd[]): (endpoint: Endpoint) => readonly PodsEnd[] {
  const byName = new Map<string, PodsEnd[]>();
  const byNamespace = new Map<string, PodsEnd[]>();
  for (const end of ends) {
    add(byName, end.name, end);
    add(byNamespace, end.namespace, end);
  }
  return (endpoint) => {
    if (endpoint.kind === 'workload') return byName.get(endpoint.workload) ?? [];
    if (endpoint.kind !== 'pods') return [];
    return endpoint.namespace === undefined ? ends : (byNamespace.get(endpoint.namespace) ?? []);
  };
}

import type { Flow } from '../plan/flow';
import { oncePer } from '../plan/once';
import type { Plan } from '../plan/plan';
import { podsPassForNodes } from '../plan/seen-by-pods';
import { DIRECTIONS, type Direction } from '../reach/policy';
import { Traffic } from '../reach/traffic';
import type { NamedStranger } from '../reach/universe';
import type { Verdict } from '../reach/verdict';
import { compareAddresses } from './compare-addresses';
import type { Demand, Declared, PairDemand } from './declared';
import { oriented, podsOf, type Difference, type Found } from './difference';
import { Outside } from './outside';
import type { PodsEnd, ProofWorld } from './proof-world';
import { requestsOf } from './requests';
import { coveringNames, needs, permits } from './strangers';

/** What policies make of the flows. */
export interface Comparison {
  /** Declared, and not let through. */
  readonly blocked: readonly Difference[];
  /** Let through, and not declared. */
  readonly undeclared: readonly Difference[];
}

/** Compares what passes with what is declared, for every two ends of which one is a pod. */
export function compare(plan: Plan, world: ProofWorld, declared: Declared): Comparison {
  const found: Found = { blocked: [], undeclared: [] };
  comparePairs(plan, world, declared, found);
  for (const direction of DIRECTIONS) {
    const outside = new Outside(world, direction, plan);
    const { named } = world.reach.universes[direction];
    for (const end of world.ends) {
      if (end.foreign) continue;
      const demands = declared.demands(direction, end);
      compareAddresses(outside, direction, podsOf(end), demands, found);
      for (const stranger of named) compareStranger(world, plan, direction, end, stranger, demands, found);
      blockedNames(world, direction, end, demands, named, found);
    }
  }
  return found;
}

function comparePairs(plan: Plan, { reach, ends }: ProofWorld, declared: Declared, found: Found): void {
  const asNodes = passedForNodes(plan, declared);
  for (const from of ends) {
    const verdictTo = reach.from(from.endpoint);
    for (const to of ends) {
      if (from.foreign && to.foreign) continue;
      const verdict = verdictTo(to.endpoint);
      const demands = declared.pair(from, to);
      // Of most pairs nobody speaks, and nothing passes.
      if (demands.length === 0 && verdict.possible.isEmpty) continue;
      // Itself a pod reaches whatever policies say; between two that are alike they decide.
      const passing = from === to ? verdict.allowed : verdict.possible;
      const pair = { from: podsOf(from), to: podsOf(to) };
      for (const { flow, traffic } of demands) {
        const missing = traffic.difference(verdict.allowed);
        if (!missing.isEmpty) found.blocked.push({ ...pair, traffic: missing, flow });
        else if (reach.engine === 'cilium') compareRequests(verdict, flow, traffic, demands, pair, found);
      }
      const extra = passing.difference(Traffic.union([...demands, ...asNodes(to)].map(({ traffic }) => traffic)));
      if (!extra.isEmpty) found.undeclared.push({ ...pair, traffic: extra });
    }
  }
}

/** What a pod lets in from nodes, where any pod passes for one. */
function passedForNodes(plan: Plan, declared: Declared): (to: PodsEnd) => readonly Demand[] {
  if (!podsPassForNodes(plan)) return () => [];
  return oncePer((to: PodsEnd) => declared.demands('ingress', to).filter(({ peer }) => peer.kind === 'nodes'));
}

function compareStranger(
  { reach }: ProofWorld,
  plan: Plan,
  direction: Direction,
  end: PodsEnd,
  stranger: NamedStranger,
  demands: readonly Demand[],
  { blocked, undeclared }: Found,
): void {
  const verdict =
    direction === 'ingress' ? reach.verdict(stranger, end.endpoint) : reach.verdict(end.endpoint, stranger);
  const peer = { name: stranger.id, endpoint: stranger };
  let rest = verdict.possible;
  for (const { flow, traffic, peer: own } of demands) {
    if (permits(own, stranger, plan)) rest = rest.difference(traffic);
    if (!needs(own, stranger, plan)) continue;
    const missing = traffic.difference(verdict.allowed);
    if (!missing.isEmpty) blocked.push({ ...oriented(direction, podsOf(end), peer), traffic: missing, flow });
  }
  // A node always reaches the pods it runs.
  if (direction === 'ingress' && stranger.id === 'host') return;
  if (!rest.isEmpty) undeclared.push({ ...oriented(direction, podsOf(end), peer), traffic: rest });
}

/** Of several flows to one port each means its own requests, and any that means all of them means the others' too. */
function compareRequests(
  verdict: Verdict,
  flow: Flow,
  traffic: Traffic,
  demands: readonly PairDemand[],
  pair: Pick<Difference, 'from' | 'to'>,
  { blocked, undeclared }: Found,
): void {
  const flows = demands.filter((demand) => demand.traffic.overlaps(traffic)).map((demand) => demand.flow);
  const requests = requestsOf(verdict, traffic, flows);
  if (requests === undefined) return;
  const { missing, extra } = requests;
  if (missing.length > 0) blocked.push({ ...pair, traffic, flow, requests: missing });
  if (extra.length > 0) undeclared.push({ ...pair, traffic, requests: extra });
}

/** One rule whose pattern holds the whole name is enough. */
function blockedNames(
  { reach }: ProofWorld,
  direction: Direction,
  end: PodsEnd,
  demands: readonly Demand[],
  strangers: readonly NamedStranger[],
  { blocked }: Found,
): void {
  if (reach.engine !== 'cilium' || direction === 'ingress') return;
  const verdictTo = reach.from(end.endpoint);
  for (const { flow, traffic, peer } of demands) {
    if (peer.kind !== 'names' || peer.addresses !== undefined) continue;
    for (const name of peer.fqdns) {
      if (coveringNames(name, strangers).some((one) => verdictTo(one).allowed.contains(traffic))) continue;
      const endpoint = { kind: 'name', id: name, name } as const;
      blocked.push({ from: podsOf(end), to: { name, endpoint }, traffic, flow });
    }
  }
}

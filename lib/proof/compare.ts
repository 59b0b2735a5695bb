import type { AddressSet } from '../net/address-set';
import type { Flow } from '../plan/flow';
import { oncePer } from '../plan/once';
import type { Plan } from '../plan/plan';
import { DIRECTIONS, type Direction } from '../reach/policy';
import { Traffic } from '../reach/traffic';
import type { NamedStranger } from '../reach/universe';
import type { Verdict } from '../reach/verdict';
import { compareAddresses } from './compare-addresses';
import type { Claim, Declared, PairClaim } from './declared';
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
  comparePairs(world, declared, found);
  for (const direction of DIRECTIONS) {
    const outside = new Outside(world, direction, plan);
    const { named } = world.reach.universes[direction];
    for (const end of world.ends) {
      if (end.foreign) continue;
      const claims = declared.claims(direction, end);
      compareAddresses(outside, direction, podsOf(end), claims, found);
      for (const stranger of named) compareStranger(world, plan, direction, end, stranger, claims, found);
      blockedNames(world, direction, end, claims, named, found);
    }
  }
  return found;
}

function comparePairs({ reach, ends }: ProofWorld, declared: Declared, found: Found): void {
  const asNodes = passedForNodes(reach.podRanges, declared);
  for (const from of ends) {
    const verdictTo = reach.from(from.endpoint);
    for (const to of ends) {
      if (from.foreign && to.foreign) continue;
      const verdict = verdictTo(to.endpoint);
      const claims = declared.pair(from, to);
      // Of most pairs nobody speaks, and nothing passes.
      if (claims.length === 0 && verdict.possible.isEmpty) continue;
      // Itself a pod reaches whatever policies say; between two that are alike they decide.
      const passing = from === to ? verdict.allowed : verdict.possible;
      const pair = { from: podsOf(from), to: podsOf(to) };
      for (const { flow, traffic } of claims) {
        const missing = traffic.difference(verdict.allowed);
        if (!missing.isEmpty) found.blocked.push({ ...pair, traffic: missing, flow });
        else if (reach.engine === 'cilium') compareRequests(verdict, flow, traffic, claims, pair, found);
      }
      const extra = passing.difference(Traffic.union([...claims, ...asNodes(to)].map(({ traffic }) => traffic)));
      if (!extra.isEmpty) found.undeclared.push({ ...pair, traffic: extra });
    }
  }
}

/** What a pod lets in from nodes, where these call under addresses that pods have too: any pod passes for a node. */
function passedForNodes(podRanges: AddressSet, declared: Declared): (to: PodsEnd) => readonly Claim[] {
  return oncePer((to: PodsEnd) =>
    declared.claims('ingress', to).filter(({ peer }) => peer.kind === 'nodes' && peer.addresses?.overlaps(podRanges)),
  );
}

function compareStranger(
  { reach }: ProofWorld,
  plan: Plan,
  direction: Direction,
  end: PodsEnd,
  stranger: NamedStranger,
  claims: readonly Claim[],
  { blocked, undeclared }: Found,
): void {
  const verdict =
    direction === 'ingress' ? reach.verdict(stranger, end.endpoint) : reach.verdict(end.endpoint, stranger);
  const peer = { name: stranger.id, endpoint: stranger };
  let rest = verdict.possible;
  for (const { flow, traffic, peer: own } of claims) {
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
  claims: readonly PairClaim[],
  pair: Pick<Difference, 'from' | 'to'>,
  { blocked, undeclared }: Found,
): void {
  const flows = claims.filter((claim) => claim.traffic.overlaps(traffic)).map((claim) => claim.flow);
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
  claims: readonly Claim[],
  strangers: readonly NamedStranger[],
  { blocked }: Found,
): void {
  if (reach.engine !== 'cilium' || direction === 'ingress') return;
  const verdictTo = reach.from(end.endpoint);
  for (const { flow, traffic, peer } of claims) {
    if (peer.kind !== 'names' || peer.addresses !== undefined) continue;
    for (const name of peer.fqdns) {
      if (coveringNames(name, strangers).some((one) => verdictTo(one).allowed.contains(traffic))) continue;
      const endpoint = { kind: 'name', id: name, name } as const;
      blocked.push({ from: podsOf(end), to: { name, endpoint }, traffic, flow });
    }
  }
}

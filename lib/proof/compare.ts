import { AddressSet } from '../net/address-set';
import type { Flow } from '../plan/flow';
import type { Plan } from '../plan/plan';
import { DIRECTIONS, type Direction } from '../reach/policy';
import { Traffic } from '../reach/traffic';
import type { Verdict } from '../reach/verdict';
import type { Claim, Declared, PairClaim } from './declared';
import { oriented, podsOf, type Difference, type DifferentEnd } from './difference';
import { Outside } from './outside';
import type { PodsEnd, ProofWorld } from './proof-world';
import { requestsOf } from './requests';
import { coveringNames, knownStrangers, needs, permits, type Known } from './strangers';

/** What policies make of the flows. */
export interface Comparison {
  /** Declared, and not let through. */
  readonly blocked: readonly Difference[];
  /** Let through, and not declared. */
  readonly undeclared: readonly Difference[];
}

/** Compares what passes with what is declared, for every two ends of which one is a pod. */
export function compare(plan: Plan, world: ProofWorld, declared: Declared): Comparison {
  const found = { blocked: [] as Difference[], undeclared: [] as Difference[] };
  comparePairs(world, declared, found);
  for (const direction of DIRECTIONS) {
    const outside = new Outside(world, direction, plan);
    const strangers = knownStrangers(world, direction);
    for (const end of world.ends) {
      if (end.foreign) continue;
      const claims = declared.claims(direction, end);
      compareAddresses(outside, direction, end, claims, found);
      for (const stranger of strangers) compareStranger(world, plan, direction, end, stranger, claims, found);
      blockedNames(world, direction, end, claims, strangers, found);
    }
  }
  return found;
}

type Found = { readonly blocked: Difference[]; readonly undeclared: Difference[] };

function comparePairs({ reach, ends }: ProofWorld, declared: Declared, found: Found): void {
  for (const from of ends) {
    const verdictTo = reach.from(from.endpoint);
    for (const to of ends) {
      if (from === to || (from.foreign && to.foreign)) continue;
      const verdict = verdictTo(to.endpoint);
      const claims = declared.pair(from, to);
      if (claims.length === 0 && verdict.denied.isAll) continue;
      const pair = { from: podsOf(from), to: podsOf(to) };
      for (const { flow, traffic } of claims) {
        const missing = traffic.difference(verdict.allowed);
        if (!missing.isEmpty) found.blocked.push({ ...pair, traffic: missing, flow });
        else if (reach.engine === 'cilium') compareRequests(verdict, flow, traffic, claims, pair, found);
      }
      const extra = maybeAllowed(verdict).difference(Traffic.union(claims.map(({ traffic }) => traffic)));
      if (!extra.isEmpty) found.undeclared.push({ ...pair, traffic: extra });
    }
  }
}

/** What surely passes, and what may. */
function maybeAllowed({ denied }: Verdict): Traffic {
  return denied.isAll ? Traffic.none : Traffic.all.difference(denied);
}

function compareAddresses(
  outside: Outside,
  direction: Direction,
  end: PodsEnd,
  claims: readonly Claim[],
  { blocked, undeclared }: Found,
): void {
  const known = claims.flatMap((claim) => {
    const members = outside.membership(claim.peer);
    return members === undefined ? [] : [{ claim, members, missing: new Groups() }];
  });
  const extra = new Groups();
  const sets = [...new Set(known.map(({ members }) => members))];
  for (const { verdict, atoms } of outside.groups(end, sets)) {
    const [atom = -1] = atoms;
    let rest = maybeAllowed(verdict);
    for (const { claim, members, missing } of known) {
      if (members[atom] !== 0) rest = rest.difference(claim.traffic);
      if (members[atom] === 2) missing.add(claim.traffic.difference(verdict.allowed), atoms);
    }
    extra.add(rest, atoms);
  }
  const peerOf = (atoms: readonly number[]) => addressesOf(outside, atoms);
  for (const { claim, missing } of known)
    for (const { traffic, atoms } of missing.list())
      blocked.push({ ...oriented(direction, podsOf(end), peerOf(atoms)), traffic, flow: claim.flow });
  for (const { traffic, atoms } of extra.list())
    undeclared.push({ ...oriented(direction, podsOf(end), peerOf(atoms)), traffic });
}

/** Atoms by the traffic that is wrong with them. */
class Groups {
  readonly #byTraffic = new Map<string, { readonly traffic: Traffic; readonly atoms: number[] }>();

  add(traffic: Traffic, atoms: readonly number[]): void {
    if (traffic.isEmpty) return;
    const group = this.#byTraffic.get(traffic.key);
    if (group === undefined) this.#byTraffic.set(traffic.key, { traffic, atoms: [...atoms] });
    else group.atoms.push(...atoms);
  }

  list() {
    return [...this.#byTraffic.values()];
  }
}

function addressesOf(outside: Outside, indexes: readonly number[]): DifferentEnd {
  const all = indexes.flatMap((i) => outside.atoms[i] ?? []);
  const [first] = all;
  if (first === undefined) throw new RangeError('no address');
  const set = AddressSet.of(...all.map(({ range }) => range));
  return { name: outside.nameOf(set), endpoint: first };
}

function compareStranger(
  { reach }: ProofWorld,
  plan: Plan,
  direction: Direction,
  end: PodsEnd,
  stranger: Known,
  claims: readonly Claim[],
  { blocked, undeclared }: Found,
): void {
  const verdict =
    direction === 'ingress' ? reach.verdict(stranger, end.endpoint) : reach.verdict(end.endpoint, stranger);
  const peer = { name: stranger.id, endpoint: stranger };
  let rest = maybeAllowed(verdict);
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
  strangers: readonly Known[],
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

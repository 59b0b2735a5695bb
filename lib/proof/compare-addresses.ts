import { AddressSet } from '../net/address-set';
import type { Direction } from '../reach/policy';
import type { Traffic } from '../reach/traffic';
import type { Claim, Permit } from './declared';
import { maybeAllowed, oriented, type DifferentEnd, type Found } from './difference';
import type { Outside } from './outside';

/** Compares what passes between one end and addresses with what is declared. */
export function compareAddresses(
  outside: Outside,
  direction: Direction,
  own: DifferentEnd,
  claims: readonly Claim[],
  { blocked, undeclared }: Found,
  permits: readonly Permit[] = [],
): void {
  const known = claims.flatMap((claim) => {
    const members = outside.membership(claim.peer);
    return members === undefined ? [] : [{ claim, members, missing: new Groups() }];
  });
  const beside = permits.flatMap(({ traffic, peer }) => {
    const members = outside.membership(peer);
    return members === undefined ? [] : [{ traffic, members }];
  });
  const extra = new Groups();
  const sets = [...new Set([...known, ...beside].map(({ members }) => members))];
  for (const { verdict, kinds } of outside.groups(own, sets)) {
    const [kind = -1] = kinds;
    let rest = maybeAllowed(verdict);
    for (const { claim, members, missing } of known) {
      if (members[kind] !== 0) rest = rest.difference(claim.traffic);
      if (members[kind] === 2) missing.add(claim.traffic.difference(verdict.allowed), kinds);
    }
    for (const { traffic, members } of beside) if (members[kind] !== 0) rest = rest.difference(traffic);
    extra.add(rest, kinds);
  }
  const peerOf = (kinds: readonly number[]) => addressesOf(outside, kinds);
  for (const { claim, missing } of known)
    for (const { traffic, kinds } of missing.list())
      blocked.push({ ...oriented(direction, own, peerOf(kinds)), traffic, flow: claim.flow });
  for (const { traffic, kinds } of extra.list())
    undeclared.push({ ...oriented(direction, own, peerOf(kinds)), traffic });
}

/** Kinds of addresses by the traffic that is wrong with them. */
class Groups {
  readonly #byTraffic = new Map<string, { readonly traffic: Traffic; readonly kinds: number[] }>();

  add(traffic: Traffic, kinds: readonly number[]): void {
    if (traffic.isEmpty) return;
    const group = this.#byTraffic.get(traffic.key);
    if (group === undefined) this.#byTraffic.set(traffic.key, { traffic, kinds: [...kinds] });
    else group.kinds.push(...kinds);
  }

  list() {
    return [...this.#byTraffic.values()];
  }
}

function addressesOf(outside: Outside, kinds: readonly number[]): DifferentEnd {
  const all = kinds.flatMap((kind) => outside.kinds[kind] ?? []);
  const [first] = all;
  if (first === undefined) throw new RangeError('no address');
  const set = AddressSet.of(...all.map(({ range }) => range));
  return { name: outside.nameOf(set), endpoint: first };
}

import { AddressSet } from '../net/address-set';
import type { Direction } from '../reach/policy';
import { Traffic } from '../reach/traffic';
import { groupedBy } from '../text/group';
import type { Demand, Permit } from './declared';
import { oriented, type DifferentEnd, type Found } from './difference';
import type { Outside } from './outside';

/** Compares what passes between one end and addresses with what is declared. */
export function compareAddresses(
  outside: Outside,
  direction: Direction,
  own: DifferentEnd,
  demands: readonly Demand[],
  { blocked, undeclared }: Found,
  permits: readonly Permit[] = [],
): void {
  const demanded = byMembers(outside, demands);
  const permitted = byMembers(outside, permits);
  const missing = new Map<Demand, Groups>();
  const extra = new Groups();
  for (const { verdict, kinds } of outside.groups(own, [...new Set([...demanded.keys(), ...permitted.keys()])])) {
    const [kind = -1] = kinds;
    let rest = verdict.possible;
    for (const [members, { traffic, all }] of demanded) {
      if (members[kind] !== 0) rest = rest.difference(traffic);
      if (members[kind] !== 2 || verdict.allowed.contains(traffic)) continue;
      for (const demand of all) groupsOf(missing, demand).add(demand.traffic.difference(verdict.allowed), kinds);
    }
    for (const [members, { traffic }] of permitted) if (members[kind] !== 0) rest = rest.difference(traffic);
    extra.add(rest, kinds);
  }
  const peerOf = (kinds: readonly number[]) => addressesOf(outside, kinds);
  for (const demand of demands)
    for (const { traffic, kinds } of missing.get(demand)?.list() ?? [])
      blocked.push({ ...oriented(direction, own, peerOf(kinds)), traffic, flow: demand.flow });
  for (const { traffic, kinds } of extra.list())
    undeclared.push({ ...oriented(direction, own, peerOf(kinds)), traffic });
}

/** What is said of the same kinds of addresses, one by one and together. */
function byMembers<T extends Permit>(outside: Outside, said: readonly T[]) {
  const groups = groupedBy(said, ({ peer }) => outside.membership(peer));
  return new Map(
    [...groups].map(([members, all]) => [members, { traffic: Traffic.union(all.map(({ traffic }) => traffic)), all }]),
  );
}

function groupsOf(missing: Map<Demand, Groups>, demand: Demand): Groups {
  const known = missing.get(demand) ?? new Groups();
  missing.set(demand, known);
  return known;
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
  const all = outside.ofKinds(kinds);
  const [first] = all;
  if (first === undefined) throw new RangeError('no address');
  const set = AddressSet.of(...all.map(({ range }) => range));
  return { name: outside.nameOf(set), endpoint: first };
}

import { AddressSet } from '../../net/address-set';
import { overlapsAmong } from '../../net/overlap';
import type { Claim } from '../../plan/claim';
import type { Plan } from '../../plan/plan';
import { printPath, type Finding } from '../../spec/finding';
import { fails, listed } from '../found';
import { canMove, freeFor } from './free-addresses';

/** Two claims that share addresses: the one to move, or the larger, and what of the other lies in it. */
interface Shared {
  readonly outer: Claim;
  readonly inner: Claim;
  readonly addresses: AddressSet;
}

/**
 * Two claims on one address. A claim may lie in the one it names as `within`, and in whatever that one lies in. A range is
 * reported once, with all that it must not hold; what follows from a network's own overlap is not said again of each
 * address in it.
 */
export function addressOverlap(plan: Plan): Finding[] {
  const parents = new Map(plan.claims.map((claim) => [printPath(claim.source), claim]));
  const shared = overlapsAmong(plan.claims.map((claim) => claim.addresses)).flatMap(({ first, second, shared }) => {
    const [a, b] = [plan.claims[first], plan.claims[second]];
    if (a === undefined || b === undefined || mayNest(a, b, parents)) return [];
    if (isImplied(a, b, parents) || isImplied(b, a, parents)) return [];
    const [outer, inner] = isOuter(b, a) ? [b, a] : [a, b];
    return [{ outer, inner, addresses: shared }];
  });
  const byOuter = new Map<Claim, Shared[]>();
  for (const one of shared) byOuter.set(one.outer, [...(byOuter.get(one.outer) ?? []), one]);
  return [...byOuter.values()].flatMap((group) => {
    // What is accepted of one claim is said of it alone, so that nothing else is silenced with it.
    const alone = group.filter(({ inner }) => isAccepted(inner, plan));
    const together = group.filter(({ inner }) => !isAccepted(inner, plan));
    return [...alone.flatMap((one) => findings([one], plan)), ...findings(together, plan)];
  });
}

function isAccepted({ source }: Claim, { spec }: Plan): boolean {
  return spec.accept.some(({ code, at }) => code === 'ADDRESS_OVERLAP' && at === printPath(source));
}

/** Of a pool and the machine in it the pool is what can move; of two alike the larger one. */
function isOuter(one: Claim, other: Claim): boolean {
  if (canMove(one) !== canMove(other)) return canMove(one);
  return one.addresses.size > other.addresses.size;
}

function mayNest(a: Claim, b: Claim, parents: ReadonlyMap<string, Claim>): boolean {
  return nests(a, b, parents) || nests(b, a, parents);
}

function nests(inner: Claim, outer: Claim, parents: ReadonlyMap<string, Claim>): boolean {
  for (let up = inner.within; up !== undefined; up = parents.get(printPath(up))?.within) {
    if (printPath(up) === printPath(outer.source)) return true;
  }
  return false;
}

/** Whether the network that a claim lies in meets the other one already. */
function isImplied(claim: Claim, other: Claim, parents: ReadonlyMap<string, Claim>): boolean {
  const parent = claim.within && parents.get(printPath(claim.within));
  if (parent === undefined || parent === other || mayNest(parent, other, parents)) return false;
  return parent.addresses.overlaps(claim.addresses.intersection(other.addresses));
}

function findings(group: readonly Shared[], plan: Plan): Finding[] {
  const [first] = group;
  if (first === undefined) return [];
  if (first.outer.addresses.size === 1n && !canMove(first.outer)) return group.map((one) => pair(one));
  const { outer } = first;
  const free = freeFor(
    outer,
    group.map(({ inner }) => inner),
    plan,
  );
  const held = group.map(
    ({ inner, addresses }) => `${addresses} of ${inner.owner} (${inner.purpose}, ${inner.network})`,
  );
  return [
    fails('ADDRESS_OVERLAP', {
      at: [outer.source, ...group.map(({ inner }) => inner.source)],
      message: `${describe(outer)} contains ${listed(held)}`,
      ...(free === undefined ? {} : { fix: `use ${free} for ${outer.purpose}; nobody else claims it` }),
      ...(free === undefined || isPinnedTo(outer, plan)
        ? {}
        : { suggest: { path: outer.source, value: String(free) } }),
    }),
  ];
}

/** Whether others have addresses out of it, which would have to move with it. */
function isPinnedTo({ source }: Claim, { claims }: Plan): boolean {
  return claims.some(({ within }) => within !== undefined && printPath(within) === printPath(source));
}

/** Two that want one and the same address. */
function pair({ outer, inner, addresses }: Shared): Finding {
  return fails('ADDRESS_OVERLAP', {
    at: [inner.source, outer.source],
    message: `${describe(outer)} and ${describe(inner)} both claim ${addresses}`,
    fix: `another address for ${inner.owner} or ${outer.owner}`,
  });
}

function describe({ owner, purpose, addresses, network }: Claim): string {
  return `${owner} (${purpose}, ${addresses} on ${network})`;
}

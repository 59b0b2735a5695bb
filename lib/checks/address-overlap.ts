import { AddressSet } from '../net/address-set';
import { overlapsAmong } from '../net/overlap';
import { PRIVATE } from '../net/well-known';
import { PODS, SERVICES, type Claim } from '../plan/claim';
import type { Plan } from '../plan/plan';
import { printPath, type Finding } from '../spec/finding';

/** Two claims on one address. A claim may lie in the one it names as `within`, and in whatever that one lies in. */
export function addressOverlap(plan: Plan): Finding[] {
  const parents = new Map(plan.claims.map((claim) => [printPath(claim.source), claim]));
  return overlapsAmong(plan.claims.map((claim) => claim.addresses)).flatMap(({ first, second, shared }): Finding[] => {
    const [a, b] = [plan.claims[first], plan.claims[second]];
    if (a === undefined || b === undefined || nests(a, b, parents) || nests(b, a, parents)) return [];
    return [overlap(a, b, shared, plan)];
  });
}

function nests(inner: Claim, outer: Claim, parents: ReadonlyMap<string, Claim>): boolean {
  for (let up = inner.within; up !== undefined; up = parents.get(printPath(up))?.within) {
    if (printPath(up) === printPath(outer.source)) return true;
  }
  return false;
}

function overlap(a: Claim, b: Claim, shared: AddressSet, plan: Plan): Finding {
  const fix = suggestion(a, b, plan);
  return {
    code: 'ADDRESS_OVERLAP',
    severity: 'error',
    at: [b.source, a.source],
    message: `${describe(a)} and ${describe(b)} both claim ${shared}`,
    ...(fix === undefined ? {} : { fix }),
  };
}

function describe({ owner, purpose, addresses, network }: Claim): string {
  return `${owner} (${purpose}, ${addresses} on ${network})`;
}

/** For a pod or Service range: a private range of the same size that nobody claims. */
function suggestion(a: Claim, b: Claim, plan: Plan): string | undefined {
  const movable = [a, b].find((claim) => claim.network === PODS || claim.network === SERVICES);
  const prefix = movable?.addresses.prefixes()[0];
  if (movable === undefined || prefix === undefined || movable.within !== undefined) return undefined;
  const taken = AddressSet.of(...plan.claims.map((claim) => claim.addresses));
  for (const free of PRIVATE.difference(taken).family(prefix.family).blocks(prefix.length)) {
    return `use ${free} for ${movable.purpose}; nobody claims it`;
  }
  return undefined;
}

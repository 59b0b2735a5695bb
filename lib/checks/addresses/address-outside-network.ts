import { AddressSet } from '../../net/address-set';
import { kindOfClaim, type Claim } from '../../plan/claim';
import type { Plan } from '../../plan/plan';
import { printPath, type Finding } from '../../spec/finding';

/** A claim that names the claim it lies in, and does not lie in it. */
export function addressOutsideNetwork(plan: Plan): Finding[] {
  const parents = new Map(plan.claims.map((claim) => [printPath(claim.source), claim]));
  return plan.claims.flatMap((claim): Finding[] => {
    const parent = claim.within && parents.get(printPath(claim.within));
    if (parent === undefined) return [];
    const outside = judged(claim, parent).difference(parent.addresses);
    if (outside.isEmpty) return [];
    return [
      {
        code: 'ADDRESS_OUTSIDE_NETWORK',
        severity: 'error',
        at: [claim.source, parent.source],
        message: `${claim.owner} (${claim.purpose}) claims ${outside}, outside ${parent.addresses} of ${parent.owner}`,
        fix: `an address of ${parent.addresses}`,
      },
    ];
  });
}

/** A machine on a network may have addresses of a family that the spec knows no prefix of. */
function judged({ addresses }: Claim, parent: Claim): AddressSet {
  if (kindOfClaim(parent) !== 'network') return addresses;
  const families = parent.addresses.families();
  return AddressSet.of(...addresses.ranges().filter((range) => families.includes(range.first.family)));
}

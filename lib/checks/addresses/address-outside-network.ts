import { AddressSet } from '../../net/address-set';
import type { Plan } from '../../plan/plan';
import { printPath, type Finding } from '../../spec/finding';

/** A claim that names the claim it lies in, and does not lie in it. */
export function addressOutsideNetwork(plan: Plan): Finding[] {
  const parents = new Map(plan.claims.map((claim) => [printPath(claim.source), claim]));
  return plan.claims.flatMap((claim): Finding[] => {
    const parent = claim.within && parents.get(printPath(claim.within));
    if (parent === undefined) return [];
    // A second range of another family has its own parent to lie in.
    const families = new Set(parent.addresses.families());
    const outside = AddressSet.of(
      ...claim.addresses.ranges().filter((range) => families.has(range.first.family)),
    ).difference(parent.addresses);
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

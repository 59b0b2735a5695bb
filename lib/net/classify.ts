import type { Address, Family } from './address';
import { SPECIAL_PURPOSE, type AddressKind, type SpecialPurpose } from './well-known-special';

export type { AddressKind };

const LONGEST_FIRST: Readonly<Record<Family, readonly SpecialPurpose[]>> = {
  4: longestFirst(4),
  6: longestFirst(6),
};

/** What kind of address this is, by IANA's special-purpose registries. IPv4-mapped IPv6 is `reserved`. */
export function classify(address: Address): AddressKind {
  return LONGEST_FIRST[address.family].find(({ prefix }) => prefix.contains(address))?.kind ?? 'public';
}

function longestFirst(family: Family): readonly SpecialPurpose[] {
  return SPECIAL_PURPOSE.filter(({ prefix }) => prefix.family === family).sort(
    (a, b) => b.prefix.length - a.prefix.length,
  );
}

import { AddressSet } from '../net/address-set';
import { Address } from '../net/address';
import type { Field } from './field';
import { readCidr, readIpBlock } from './ip-block';
import { readSelector } from './selector';
import type { NetworkSet, Surroundings } from './surroundings';
import { nameOf } from './workload';

/** `fromCIDR` and `toCIDR` take an address for its own prefix. */
export function readCidrOrAddress(field: Field): AddressSet {
  const address = typeof field.value === 'string' ? Address.tryParse(field.value) : undefined;
  if (address !== undefined) return AddressSet.of(address);
  const prefix = readCidr(field);
  return prefix === undefined ? AddressSet.empty : AddressSet.of(prefix);
}

/** Reads an entry of `fromCIDRSet` or `toCIDRSet`: a prefix, or groups of prefixes, but for some. */
export function readCidrSet(item: Field, { cidrGroups }: Surroundings): AddressSet {
  item.only(['cidr', 'cidrGroupRef', 'cidrGroupSelector', 'except']);
  const reference = item.get('cidrGroupRef');
  const selector = item.get('cidrGroupSelector');
  if (!reference.isGiven && !selector.isGiven) return readIpBlock(item);
  const test = readSelector(selector, { freeKeys: true });
  const groups = cidrGroups.filter(({ name, labels }) =>
    reference.isGiven ? name === reference.value : test.matches(labels),
  );
  if (groups.length === 0)
    item.ineffective(
      reference.isGiven
        ? `names the CiliumCIDRGroup ${reference.written() ?? ''}, which is not in the tree`
        : 'selects no CiliumCIDRGroup of the tree',
    );
  return item
    .get('except')
    .items()
    .reduce(
      (rest, except) => rest.difference(readCidr(except) ?? AddressSet.empty),
      AddressSet.of(...groups.map(({ addresses }) => addresses)),
    );
}

export function readCidrGroup(field: Field): NetworkSet {
  const cidrs = field.in('spec', 'externalCIDRs').items();
  return {
    name: nameOf(field),
    labels: field.in('metadata', 'labels').labels(),
    addresses: AddressSet.of(...cidrs.map(readCidrOrAddress)),
  };
}

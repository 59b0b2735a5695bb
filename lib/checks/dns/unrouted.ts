import { Address } from '../../net/address';
import { AddressSet } from '../../net/address-set';
import { classify } from '../../net/classify';
import type { Plan } from '../../plan/plan';

/**
 * Tells which of a record's values is an address that the internet does not lead to. An address of documents that a
 * machine of the spec has is the machine's fault.
 */
export function unroutedIn({ claims }: Plan): (value: string) => Address | undefined {
  const draft = AddressSet.of(...claims.map(({ addresses }) => addresses));
  return (value) => {
    const address = Address.tryParse(value);
    if (address === undefined || classify(address) === 'public') return undefined;
    return classify(address) === 'documentation' && draft.contains(address) ? undefined : address;
  };
}

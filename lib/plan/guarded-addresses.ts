import { AddressSet } from '../net/address-set';
import { oncePer } from './once';
import type { Plan } from './plan';

/** The virtual addresses that a node's firewall guards beside its own: the API's, and those by which flows come. */
export const guardedAddresses = oncePer(({ spec, flows }: Plan): AddressSet => {
  const { endpoint } = spec.api;
  const api = endpoint !== undefined && 'vip' in endpoint ? [endpoint.vip] : [];
  const dialled = flows.flatMap((flow) => (flow.address === 'vip' && flow.dialled ? [flow.dialled] : []));
  return AddressSet.of(...api, ...dialled);
});

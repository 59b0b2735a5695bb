import type { Address } from '../net/address';
import type { Prefix } from '../net/prefix';
import { K3S } from '../net/well-known';

/** K3s takes the tenth address where none is named. Source: k3s pkg/cli/server, GetIndexedIP. */
const TENTH = 10;

/** The address of cluster DNS where the spec names none. @param services the Service ranges, the first of which gives it */
export function usualClusterDns([first = K3S.serviceCidr]: readonly Prefix[]): Address {
  return tenthOf(first);
}

/** In a range of fewer addresses the last that a Service may have. */
export function tenthOf(range: Prefix): Address {
  return range.first.plus(Math.max(0, Math.min(TENTH, Number(range.size) - 2)));
}

import type { AddressSet } from '../net/address-set';
import type { Labels } from './labels';
import type { Service } from './service';

/** Sets of addresses that policies name or select. */
export interface NetworkSet {
  /** Absent for a set of the whole cluster. */
  readonly namespace?: string;
  readonly name: string;
  readonly labels: Labels;
  readonly addresses: AddressSet;
}

/** What policies speak of beside pods. */
export interface Surroundings {
  readonly services: readonly Service[];
  /** CiliumCIDRGroups. */
  readonly cidrGroups: readonly NetworkSet[];
  /** Calico's GlobalNetworkSets and NetworkSets. */
  readonly networkSets: readonly NetworkSet[];
}

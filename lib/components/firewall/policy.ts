import type { AddressSet } from '../../net/address-set';
import { podAddresses, serviceAddresses } from '../../plan/cluster-ranges';
import { guardedAddresses } from '../../plan/guarded-addresses';
import type { Plan } from '../../plan/plan';
import { podEntrances, type PodEntrance } from '../../plan/pod-entrance';
import { rulesOf, type Rule } from './rules';

/** What one node's firewall does, whichever program enforces it. */
export interface Policy {
  readonly cluster: string;
  readonly node: string;
  readonly rules: readonly Rule[];
  /** Pods' addresses, which enter by `entrances` alone. */
  readonly pods: AddressSet;
  readonly entrances: readonly PodEntrance[];
  /** Services' addresses, which only the node's own pods and the node itself dial. */
  readonly services: AddressSet;
  readonly podDevices: readonly string[];
  /** Virtual addresses that a node may answer for without having them. */
  readonly virtual: AddressSet;
}

export function policyOf(plan: Plan, node: string): Policy {
  return {
    cluster: plan.spec.name,
    node,
    rules: rulesOf(plan, node),
    pods: podAddresses(plan.spec),
    entrances: podEntrances(plan, node),
    services: serviceAddresses(plan.spec),
    podDevices: plan.podNetwork.podDevices,
    virtual: guardedAddresses(plan),
  };
}

import { AddressSet } from '../../net/address-set';
import { PRIVATE } from '../../net/well-known';
import { beyondCluster } from '../../plan/beyond-cluster';
import type { AssertionEnd } from '../../plan/assertion-end';
import { isOutside } from '../../plan/endpoint';
import { selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import type { PodsEnd } from '../proof-world';

/** One of those that an assertion is about. */
export type Party =
  | { readonly kind: 'pods'; readonly name: string; readonly pods: PodsEnd }
  | { readonly kind: 'node'; readonly name: string; readonly node: string }
  /** `all`: whether each of them must pass; of the internet one is enough to say that it does. */
  | { readonly kind: 'addresses'; readonly name: string; readonly addresses: AddressSet; readonly all: boolean }
  | {
      readonly kind: 'names';
      readonly name: string;
      readonly fqdns: readonly string[];
      readonly addresses?: AddressSet;
    };

/** Everybody that one side of an assertion means. `other` is the other side: two that are both outside are no affair of a cluster's. */
export function partiesOf(plan: Plan, ends: readonly PodsEnd[], end: AssertionEnd, other: AssertionEnd): Party[] {
  switch (end.kind) {
    case 'everyone':
      return [...ends.map(podsParty), ...(other.kind !== 'everyone' && isOutside(other) ? [] : [internet(plan)])];
    case 'workload':
      return workloadParties(plan, ends, end.workload);
    case 'pods':
      return ends.filter((one) => end.namespace === undefined || one.namespace === end.namespace).map(podsParty);
    case 'nodes':
      return selectNodes(plan.spec, end.select).map((node) => ({ kind: 'node', name: node, node }));
    case 'internet':
      return [internet(plan)];
    case 'range':
      return [{ kind: 'addresses', name: end.name, addresses: end.addresses, all: true }];
    case 'name': {
      const { name, fqdns, addresses } = end;
      return [{ kind: 'names', name, fqdns, ...(addresses === undefined ? {} : { addresses }) }];
    }
  }
}

function podsParty(pods: PodsEnd): Party {
  return { kind: 'pods', name: pods.name, pods };
}

/** Addresses that are nobody's of the cluster's networks, nor of anyone's private ones. */
function internet(plan: Plan): Party {
  const networks = Object.values(plan.spec.networks).flatMap((one) =>
    one.kind === 'public' ? [] : (one.prefix ?? []),
  );
  const addresses = beyondCluster(plan).difference(AddressSet.of(PRIVATE, ...networks));
  return { kind: 'addresses', name: 'internet', addresses, all: false };
}

/** Pods of the host network are met, and called, at their nodes. */
function workloadParties(plan: Plan, ends: readonly PodsEnd[], name: string): Party[] {
  const workload = plan.workloads.get(name);
  if (workload?.hostNetwork === true)
    return selectNodes(plan.spec, workload.nodes).map((node) => ({
      kind: 'node',
      name: `${name} on ${node}`,
      node,
    }));
  return ends.filter((end) => end.name === name).map(podsParty);
}

import { AddressSet } from '../../net/address-set';
import { beyondCluster, clusterOwn } from '../../plan/beyond-cluster';
import { addressesOf } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import type { Endpoint } from '../../reach/endpoint';
import { explain } from '../../reach/explain';
import { explanationText } from '../../reach/explanation-text';
import type { Direction } from '../../reach/policy';
import type { Reach } from '../../reach/reach';
import type { Traffic } from '../../reach/traffic';
import type { PodsEnd, ProofWorld } from '../proof-world';
import { coveringNames } from '../strangers';
import type { Party } from './party';

/** Whether something passes, and what decided. */
export interface Passing {
  readonly passes: boolean;
  readonly why: () => string;
}

/**
 * What the policies of pods say of a peer that is no pod, in one direction.
 * @param asked absent: anything at all
 */
export function atPods(
  plan: Plan,
  world: ProofWorld,
  direction: Direction,
  pods: PodsEnd,
  peer: Exclude<Party, { kind: 'pods' }>,
  asked: Traffic | undefined,
): Passing {
  const { reach } = world;
  const met = metAs(plan, world, direction, peer);
  const each = met.endpoints.map((endpoint) =>
    direction === 'ingress'
      ? passing(reach, endpoint, pods.endpoint, asked)
      : passing(reach, pods.endpoint, endpoint, asked),
  );
  const verdict = met.all ? each.length > 0 && each.every((one) => one.passes) : each.some((one) => one.passes);
  const telling = each.find((one) => one.passes === verdict) ?? each[0];
  return {
    passes: verdict,
    why: () => telling?.why() ?? 'no rule speaks of it',
  };
}

/** The same between two pods. */
export function betweenPods({ reach }: ProofWorld, from: PodsEnd, to: PodsEnd, asked: Traffic | undefined): Passing {
  return passing(reach, from.endpoint, to.endpoint, asked);
}

function passing(reach: Reach, from: Endpoint, to: Endpoint, asked: Traffic | undefined): Passing {
  const { allowed } = reach.verdict(from, to);
  return {
    passes: asked === undefined ? !allowed.isEmpty : allowed.contains(asked),
    why: () => explanationText(explain(reach, from, to, asked)).trimEnd(),
  };
}

interface Met {
  readonly endpoints: readonly Endpoint[];
  /** Whether all of them must pass, or one is enough. */
  readonly all: boolean;
}

/** Under what the engine meets somebody who is no pod. */
function metAs(plan: Plan, world: ProofWorld, direction: Direction, peer: Exclude<Party, { kind: 'pods' }>): Met {
  const { reach } = world;
  const strangers = reach.universes[direction].named;
  const entity = (...names: string[]) => strangers.filter(({ kind, id }) => kind === 'entity' && names.includes(id));
  // Every address of a range fares alike.
  const byAddress = (addresses: AddressSet) =>
    reach.universes[direction].outside.filter(({ range }) => addresses.overlaps(range));
  switch (peer.kind) {
    case 'node':
      if (reach.engine === 'cilium') return { endpoints: entity('remote-node'), all: true };
      return { endpoints: byAddress(nodeMetAs(plan, direction, peer.node)), all: true };
    case 'addresses':
      return {
        endpoints: byAddress(callersOf(plan, direction, peer.addresses).intersection(world.judged[direction])),
        all: peer.all,
      };
    case 'names':
      if (reach.engine === 'cilium' && peer.addresses === undefined)
        return { endpoints: peer.fqdns.flatMap((name) => coveringNames(name, strangers)), all: true };
      return {
        endpoints: byAddress((peer.addresses ?? beyondCluster(plan)).intersection(world.judged[direction])),
        all: true,
      };
  }
}

/** A node on a network calls pods under another address than its own there. */
function callersOf(plan: Plan, direction: Direction, addresses: AddressSet): AddressSet {
  return direction === 'ingress' ? addresses.difference(clusterOwn(plan)) : addresses;
}

/** A node that calls is met under what the pod network gives it, one that is called under its own addresses. */
function nodeMetAs(plan: Plan, direction: Direction, node: string): AddressSet {
  if (direction === 'ingress') return plan.podNetwork.nodesAppearAs ?? AddressSet.empty;
  return AddressSet.of(...addressesOf(plan.spec, node, plan.spec.k3s.nodeNetwork));
}

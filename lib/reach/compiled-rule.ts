import { AddressSet } from '../net/address-set';
import { groupedBy } from '../text/group';
import { Bits } from './bits';
import type { EndpointClass } from './endpoint-classes';
import type { Engine } from './engine';
import type { LabelTest } from './labels';
import { nodeEntities, type Entity, type Peer, type Policy, type Rule } from './policy';
import type { Universe } from './universe';
import type { Doubt } from './verdict';

/** A rule with its peers as indexes of a universe. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly policy: Policy;
  readonly everyone: boolean;
  /** Peers it surely matches. */
  readonly sure: Bits;
  /** Peers it may match, and why that cannot be told. */
  readonly possible: Bits;
  readonly doubt: Doubt;
}

/** Finds the endpoints of tests and addresses, each asked once. */
export class Matcher {
  readonly #byKey = new Map<string, Bits>();
  readonly #byAddresses = new Map<AddressSet, { readonly sure: Bits; readonly possible: Bits }>();
  readonly #byLabel = new Map<string, Map<string, number[]>>();
  /** Classes with the same addresses: they are found by the same sets. */
  readonly #alike: readonly (readonly number[])[];

  constructor(
    readonly classes: readonly EndpointClass[],
    readonly engine: Engine,
    readonly podRanges: AddressSet,
  ) {
    const alike = new Map<AddressSet, Map<string, number[]>>();
    for (const [i, one] of classes.entries()) {
      const own = this.#ownAddresses(one);
      let ofAddresses = alike.get(own);
      if (ofAddresses === undefined) alike.set(own, (ofAddresses = new Map<string, number[]>()));
      const key = `${one.kind} ${one.hostNetwork}`;
      const group = ofAddresses.get(key);
      if (group === undefined) ofAddresses.set(key, [i]);
      else group.push(i);
    }
    this.#alike = [...alike.values()].flatMap((ofAddresses) => [...ofAddresses.values()]);
  }

  /** Classes that pass a test, of pods and hosts alike. */
  matching(test: LabelTest): Bits {
    let found = this.#byKey.get(test.key);
    if (found === undefined) {
      found = new Bits(this.classes.length);
      const candidates = test.wants === undefined ? this.classes.keys() : this.#having(...test.wants);
      for (const i of candidates) if (test.matches(this.classes[i]?.labels ?? {})) found.add(i);
      this.#byKey.set(test.key, found);
    }
    return found;
  }

  /** Classes that have a label with this value. */
  #having(key: string, value: string): readonly number[] {
    let byValue = this.#byLabel.get(key);
    if (byValue === undefined) {
      byValue = groupedBy(this.classes.keys(), (i) => this.classes[i]?.labels[key]);
      this.#byLabel.set(key, byValue);
    }
    return byValue.get(value) ?? [];
  }

  /** Adds the classes that have addresses of a set. */
  markAddresses(addresses: AddressSet, sure: Bits, possible: Bits): void {
    let found = this.#byAddresses.get(addresses);
    if (found === undefined) {
      found = { sure: new Bits(this.classes.length), possible: new Bits(this.classes.length) };
      for (const group of this.#alike) {
        const has = this.hasAddress(group[0] ?? -1, addresses);
        if (has !== 'no') for (const i of group) (has === 'yes' ? found.sure : found.possible).add(i);
      }
      this.#byAddresses.set(addresses, found);
    }
    sure.addAll(found.sure);
    possible.addAll(found.possible);
  }

  /** Whether pods or hosts of a class have addresses of a set: none, some or all. */
  hasAddress(index: number, addresses: AddressSet): 'no' | 'maybe' | 'yes' {
    const endpoint = this.classes[index];
    if (endpoint === undefined || this.engine === 'specification') return 'no';
    // Cilium tells pods and nodes by their identity: no CIDR holds them. Source: Cilium docs, IP/CIDR based.
    if (this.engine === 'cilium') return 'no';
    if (endpoint.hostNetwork) return addresses.isEmpty ? 'no' : 'maybe';
    const own = this.#ownAddresses(endpoint);
    if (own.isEmpty) return addresses.isEmpty ? 'no' : 'maybe';
    // A range of both families holds a pod's address if it holds that of one: a packet has only one.
    const families = own.families();
    const inside = families.filter((family) => addresses.contains(own.family(family)));
    return inside.length > 0 && inside.length === families.length ? 'yes' : own.overlaps(addresses) ? 'maybe' : 'no';
  }

  /** Those that are known, else all that pods can have. */
  #ownAddresses({ endpoint }: EndpointClass): AddressSet {
    if (endpoint.kind === 'host') return endpoint.addresses;
    return endpoint.group.addresses.isEmpty ? this.podRanges : endpoint.group.addresses;
  }
}

export function compileRule(rule: Rule, policy: Policy, universe: Universe, matcher: Matcher): CompiledRule {
  const sure = new Bits(universe.size);
  const possible = new Bits(universe.size);
  const everyone = rule.peers.some((peer) => peer.everyone === true) && rule.uncertain === undefined;
  const isShared = matcher.engine === 'k3s' && rule.peers.some(({ sharesSet }) => sharesSet === true);
  if (!everyone)
    for (const peer of together(isShared ? rule.peers : rule.peers.map(withoutSet))) {
      const isSure = rule.uncertain === undefined && peer.sharesSet !== true;
      mark(peer, universe, matcher, isSure ? sure : possible, possible);
    }
  const doubt = rule.uncertain !== undefined ? 'rule' : isShared ? 'shared-set' : 'pod-address';
  return { rule, policy, everyone, sure, possible, doubt };
}

/** To every other engine each block of a rule stands for itself. */
function withoutSet(peer: Peer): Peer {
  return peer.sharesSet === true && peer.addresses !== undefined ? { addresses: peer.addresses } : peer;
}

/**
 * Peers that are nothing but addresses are one peer, however many there are. So are entities: a node is met as one of
 * two, and only a rule that has both surely means it.
 */
function together(peers: readonly Peer[]): readonly Peer[] {
  const plain = peers.filter(isPlain);
  if (plain.length < 2) return peers;
  const entities = plain.flatMap((peer) => peer.entities ?? []);
  const addresses = AddressSet.of(...plain.flatMap((peer) => peer.addresses ?? []));
  const merged: Peer = {
    ...(addresses.isEmpty ? {} : { addresses }),
    ...(entities.length === 0 ? {} : { entities }),
  };
  return [...peers.filter((peer) => !isPlain(peer)), merged];
}

function isPlain(peer: Peer): boolean {
  return Object.keys(peer).every((key) => key === 'addresses' || key === 'entities');
}

function mark(peer: Peer, universe: Universe, matcher: Matcher, sure: Bits, possible: Bits): void {
  if (peer.everyone === true) for (let i = 0; i < universe.size; i++) sure.add(i);
  if (peer.pods !== undefined) markPods(peer.pods, peer, matcher, sure, possible);
  if (peer.nodes !== undefined && matcher.engine === 'cilium') {
    matcher.matching(peer.nodes).forEach((i) => {
      if (matcher.classes[i]?.kind === 'host') sure.add(i);
    });
  }
  const { addresses } = peer;
  if (addresses !== undefined) {
    universe.markAddresses(addresses, sure, possible);
    if (peer.byLabelsOnly !== true) matcher.markAddresses(addresses, sure, possible);
  }
  universe.markStrangers(peer, sure, possible);
  if (peer.entities !== undefined) markNodes(peer.entities, matcher, sure, possible);
}

function markPods(test: LabelTest, peer: Peer, matcher: Matcher, sure: Bits, possible: Bits): void {
  const { engine } = matcher;
  matcher.matching(test).forEach((i) => {
    const one = matcher.classes[i];
    // Calico's selectors find host endpoints like pods, Cilium's find nodes only where they are asked for.
    if (one === undefined || (one.kind === 'host' && engine === 'cilium')) return;
    // Selectors do not find pods of the host network, but the specification leaves it open.
    if (one.hostNetwork && engine !== 'specification') {
      if (engine !== 'cilium') possible.add(i);
      return;
    }
    const within = peer.within === undefined ? 'yes' : matcher.hasAddress(i, peer.within);
    if (within !== 'no') (within === 'yes' ? sure : possible).add(i);
  });
}

/** Nodes, and pods that share their network, are `host` to what runs on the same node and `remote-node` to all else. */
function markNodes(entities: readonly Entity[], matcher: Matcher, sure: Bits, possible: Bits): void {
  const count = nodeEntities(entities);
  if (count === 0) return;
  for (const [i, { kind, hostNetwork }] of matcher.classes.entries()) {
    if (kind === 'host' || hostNetwork) (count === 2 ? sure : possible).add(i);
  }
}

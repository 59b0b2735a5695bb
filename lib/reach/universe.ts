import type { AddressSet } from '../net/address-set';
import { AddressAtoms } from './address-atoms';
import { Bits } from './bits';
import { AddressAtom, type Endpoint, type EntityEndpoint, type NameEndpoint, type OutsideEndpoint } from './endpoint';
import type { EndpointClass } from './endpoint-classes';
import type { Engine } from './engine';
import { ENTITIES, nodeEntities, type Direction, type Peer, type Policy } from './policy';
import { covers } from './name-pattern';

/** An endpoint that no policy is for: it is only ever the other end. */
export type Stranger = OutsideEndpoint | EntityEndpoint | NameEndpoint;

/**
 * What decides over a peer beside the rules that match it: nothing, that it is a pod of the host network, the node
 * of the pod itself, or an address of IPv4 or IPv6.
 */
export type Guise = 0 | 1 | 2 | 3 | 4;

/**
 * The peers that rules of one direction can have, by their index: first the classes of endpoints that policies are
 * for, then addresses, then entities and names.
 */
export class Universe {
  /** All addresses, cut so that no rule of the direction tells two of one range apart. */
  readonly outside: readonly OutsideEndpoint[];
  readonly strangers: readonly Stranger[];
  readonly size: number;
  readonly #atoms: AddressAtoms;
  readonly #firstEntity: number;
  readonly #guises: Uint8Array;
  readonly #indexes = new Map<Endpoint, number>();
  readonly #marked = new Map<AddressSet, Bits>();
  readonly #ports: Uint32Array;

  constructor(
    readonly direction: Direction,
    readonly classes: readonly EndpointClass[],
    policies: readonly Policy[],
    readonly engine: Engine,
    cuts: readonly AddressSet[] = [],
  ) {
    const rules = policies.flatMap((policy) => policy.sides[direction]?.rules ?? []);
    const peers = rules.flatMap((rule) => rule.peers);
    const idle = policies.flatMap((policy) => policy.idle?.[direction] ?? []);
    const given = [...cuts, ...[...peers, ...idle].flatMap((peer) => peer.addresses ?? [])];
    this.#atoms = new AddressAtoms(given);
    this.outside = this.#atoms.ranges.map((range) => new AddressAtom(range));
    const entities =
      engine === 'cilium' ? ENTITIES.map((entity): EntityEndpoint => ({ kind: 'entity', id: entity, entity })) : [];
    const names = [...new Set(peers.flatMap((peer) => peer.name ?? []))]
      .sort()
      .map((name): NameEndpoint => ({ kind: 'name', id: name, name }));
    this.strangers = [...this.outside, ...entities, ...names];
    this.size = classes.length + this.strangers.length;
    for (const [i, stranger] of this.strangers.entries()) this.#indexes.set(stranger, classes.length + i);
    this.#firstEntity = classes.length + this.outside.length;
    this.#guises = Uint8Array.from([...classes, ...this.strangers], guiseOf);
    const numbers = new Map([['', 0]]);
    this.#ports = Uint32Array.from(classes, ({ portsKey }) => {
      const number = numbers.get(portsKey) ?? numbers.size;
      numbers.set(portsKey, number);
      return number;
    });
  }

  /**
   * Where one stands that no policy is for; undefined for a name or an entity that no rule of the direction speaks of.
   * @throws RangeError for addresses that rules tell apart
   */
  indexOf(peer: Endpoint): number | undefined {
    const known = this.#indexes.get(peer);
    if (known !== undefined) return known;
    const around =
      peer.kind === 'outside'
        ? this.outside.find(({ range }) => range.contains(peer.range.first))
        : this.strangers.find(({ kind, id }) => kind === peer.kind && id === peer.id);
    if (peer.kind === 'outside' && (around?.kind !== 'outside' || !around.range.contains(peer.range.last)))
      throw new RangeError(`policies tell addresses of ${peer.id} apart`);
    return around === undefined ? undefined : this.#indexes.get(around);
  }

  guiseOf(peer: number): Guise {
    return this.#guises[peer] as Guise;
  }

  /** The same number for peers with the same named ports, 0 for those that have none. */
  portsOf(peer: number): number {
    return this.#ports[peer] ?? 0;
  }

  /** Adds the addresses of a peer, and the names that surely or possibly have such an address. */
  markAddresses(addresses: AddressSet, sure: Bits, possible: Bits): void {
    let marked = this.#marked.get(addresses);
    if (marked === undefined) {
      marked = new Bits(this.size);
      this.#atoms.mark(addresses, marked, this.classes.length);
      this.#marked.set(addresses, marked);
    }
    sure.addAll(marked);
    if (!this.strangers.some(({ kind }) => kind === 'name')) return;
    const whole = this.#atoms.ranges.every((_, i) => sure.has(this.classes.length + i));
    for (const [i, stranger] of this.strangers.entries()) {
      if (stranger.kind === 'name') (whole ? sure : possible).add(this.classes.length + i);
    }
  }

  /** The indexes among `outside` of addresses that a rule or a cut tells apart from all others. */
  atomsOf(addresses: AddressSet): Bits {
    const bits = new Bits(this.outside.length);
    this.#atoms.mark(addresses, bits, 0);
    return bits;
  }

  /** Indexes among `outside`, in groups of which neither a rule nor a cut tells two apart. */
  alike(): readonly (readonly number[])[] {
    return this.#atoms.kinds();
  }

  /** Adds entities and names. The API server runs on a node, so what finds nodes finds it too. */
  markStrangers(peer: Peer, sure: Bits, possible: Bits): void {
    if (peer.entities === undefined && peer.name === undefined) return;
    const nodes = nodeEntities(peer.entities ?? []);
    for (let i = this.#firstEntity; i < this.size; i++) {
      const stranger = this.strangers[i - this.classes.length];
      if (stranger?.kind === 'entity' && peer.entities?.includes(stranger.entity) === true) sure.add(i);
      if (stranger?.kind === 'entity' && stranger.entity === 'kube-apiserver' && nodes > 0)
        (nodes === 2 ? sure : possible).add(i);
      if (stranger?.kind === 'name' && peer.name !== undefined && covers(peer.name, stranger.name)) sure.add(i);
    }
  }
}

function guiseOf(peer: EndpointClass | Stranger): Guise {
  if (peer.kind === 'pods') return peer.hostNetwork ? 1 : 0;
  if (peer.kind === 'entity') return peer.entity === 'host' ? 2 : 0;
  return peer.kind === 'outside' ? (peer.range.family === 4 ? 3 : 4) : 0;
}

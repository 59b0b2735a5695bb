import type { Family } from '../net/address';
import type { AddressSet } from '../net/address-set';
import { AddressAtoms } from './address-atoms';
import { Bits } from './bits';
import { AddressAtom, type Endpoint, type EntityEndpoint, type NameEndpoint, type OutsideEndpoint } from './endpoint';
import type { EndpointClass } from './endpoint-classes';
import type { Engine } from './engine';
import { ENTITIES, nodeEntities, type Direction, type Peer, type Policy } from './policy';
import { covers } from './name-pattern';

/** An endpoint that no policy is for: it is only ever the other end. */
type Stranger = OutsideEndpoint | NamedStranger;

/** One that is known by something else than an address. */
export type NamedStranger = EntityEndpoint | NameEndpoint;

/**
 * What decides over a peer beside the rules that match it: nothing, that it is a pod of the host network, the node
 * of the pod itself, or an address of IPv4 or IPv6.
 */
export type Guise = 0 | 1 | 2 | 3 | 4;

/**
 * The peers that rules of one direction can have, by their index: first the classes of endpoints that policies are
 * for, then kinds of addresses of which no rule of the direction tells two apart, then entities and names.
 */
export class Universe {
  /** Entities and names. */
  readonly named: readonly NamedStranger[];
  readonly size: number;
  /** How many kinds of addresses there are. */
  readonly kindCount: number;
  readonly #atoms: AddressAtoms;
  readonly #firstNamed: number;
  readonly #hasNames: boolean;
  readonly #guises: Uint8Array;
  readonly #indexes = new Map<Endpoint, number>();
  readonly #marked = new Map<AddressSet, Bits>();
  readonly #ports: Uint32Array;
  #outside: readonly OutsideEndpoint[] | undefined;

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
    const atoms = new AddressAtoms([...cuts, ...[...peers, ...idle].flatMap((peer) => peer.addresses ?? [])]);
    const entities =
      engine === 'cilium' ? ENTITIES.map((entity): EntityEndpoint => ({ kind: 'entity', id: entity, entity })) : [];
    const names = [...new Set(peers.flatMap((peer) => peer.name ?? []))]
      .sort()
      .map((name): NameEndpoint => ({ kind: 'name', id: name, name }));
    this.#atoms = atoms;
    this.kindCount = atoms.kinds.length;
    this.named = [...entities, ...names];
    this.#hasNames = names.length > 0;
    this.#firstNamed = classes.length + this.kindCount;
    this.size = this.#firstNamed + this.named.length;
    for (const [i, one] of this.named.entries()) this.#indexes.set(one, this.#firstNamed + i);
    this.#guises = Uint8Array.from([
      ...classes.map((one): Guise => (one.kind === 'pods' && one.hostNetwork ? 1 : 0)),
      ...atoms.kinds.map((_, kind): Guise => (this.familyOf(kind) === 4 ? 3 : 4)),
      ...this.named.map((one): Guise => (one.kind === 'entity' && one.entity === 'host' ? 2 : 0)),
    ]);
    const numbers = new Map([['', 0]]);
    this.#ports = Uint32Array.from(classes, ({ portsKey }) => {
      const number = numbers.get(portsKey) ?? numbers.size;
      numbers.set(portsKey, number);
      return number;
    });
  }

  /** All addresses, cut so that no rule of the direction tells two of one range apart. Made when it is asked for. */
  get outside(): readonly OutsideEndpoint[] {
    if (this.#outside === undefined) {
      this.#outside = this.#atoms.ranges.map((range) => new AddressAtom(range));
      for (const [i, one] of this.#outside.entries())
        this.#indexes.set(one, this.classes.length + this.#atoms.kindOf(i));
    }
    return this.#outside;
  }

  get strangers(): readonly Stranger[] {
    return [...this.outside, ...this.named];
  }

  /** Of `outside` what is of one kind, in order. */
  outsideOf(kind: number): readonly OutsideEndpoint[] {
    return (this.#atoms.kinds[kind] ?? []).map((i) => this.outside[i] as OutsideEndpoint);
  }

  familyOf(kind: number): Family {
    return this.#atoms.familyOf(this.#atoms.kinds[kind]?.[0] ?? 0);
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
        : this.named.find(({ kind, id }) => kind === peer.kind && id === peer.id);
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
    if (!this.#hasNames) return;
    const whole = this.#atoms.kinds.every((_, kind) => sure.has(this.classes.length + kind));
    for (const [i, one] of this.named.entries()) {
      if (one.kind === 'name') (whole ? sure : possible).add(this.#firstNamed + i);
    }
  }

  /** The kinds that make up addresses which a rule or a cut tells apart from all others. */
  kindsOf(addresses: AddressSet): Bits {
    const bits = new Bits(this.kindCount);
    this.#atoms.mark(addresses, bits, 0);
    return bits;
  }

  /** Adds entities and names. The API server runs on a node, so what finds nodes finds it too. */
  markStrangers(peer: Peer, sure: Bits, possible: Bits): void {
    if (peer.entities === undefined && peer.name === undefined) return;
    const nodes = nodeEntities(peer.entities ?? []);
    for (const [place, stranger] of this.named.entries()) {
      const i = this.#firstNamed + place;
      if (stranger.kind === 'entity' && peer.entities?.includes(stranger.entity) === true) sure.add(i);
      if (stranger.kind === 'entity' && stranger.entity === 'kube-apiserver' && nodes > 0)
        (nodes === 2 ? sure : possible).add(i);
      if (stranger.kind === 'name' && peer.name !== undefined && covers(peer.name, stranger.name)) sure.add(i);
    }
  }
}

import type { AddressSet } from '../net/address-set';
import { AddressAtoms } from './address-atoms';
import { Bits } from './bits';
import type { EntityEndpoint, NameEndpoint, OutsideEndpoint } from './endpoint';
import type { EndpointClass } from './endpoint-classes';
import type { Engine } from './engine';
import { ENTITIES, type Direction, type Peer, type Policy } from './policy';
import { covers } from './name-pattern';

/** An endpoint that no policy is for: it is only ever the other end. */
export type Stranger = OutsideEndpoint | EntityEndpoint | NameEndpoint;

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

  constructor(
    readonly direction: Direction,
    readonly classes: readonly EndpointClass[],
    policies: readonly Policy[],
    engine: Engine,
  ) {
    const rules = policies.flatMap((policy) => policy.sides[direction]?.rules ?? []);
    const peers = rules.flatMap((rule) => rule.peers);
    const idle = policies.flatMap((policy) => policy.idle?.[direction] ?? []);
    const given = [...peers, ...idle].flatMap((peer) => peer.addresses ?? []);
    this.#atoms = new AddressAtoms(given);
    this.outside = this.#atoms.ranges.map((range) => ({ kind: 'outside', id: range.toString(), range }));
    const entities = engine === 'cilium' ? ENTITIES.map((entity): EntityEndpoint => ({ kind: 'entity', id: entity, entity })) : [];
    const names = [...new Set(peers.flatMap((peer) => peer.name ?? []))].sort().map((name): NameEndpoint => ({ kind: 'name', id: name, name }));
    this.strangers = [...this.outside, ...entities, ...names];
    this.size = classes.length + this.strangers.length;
    this.#firstEntity = classes.length + this.outside.length;
  }

  /** Adds the addresses of a peer, and the names that surely or possibly have such an address. */
  markAddresses(addresses: AddressSet, sure: Bits, possible: Bits): void {
    this.#atoms.mark(addresses, sure, this.classes.length);
    const whole = this.#atoms.ranges.every((_, i) => sure.has(this.classes.length + i));
    for (const [i, stranger] of this.strangers.entries()) {
      if (stranger.kind === 'name') (whole ? sure : possible).add(this.classes.length + i);
    }
  }

  markStrangers(peer: Peer, sure: Bits): void {
    if (peer.entities === undefined && peer.name === undefined) return;
    for (let i = this.#firstEntity; i < this.size; i++) {
      const stranger = this.strangers[i - this.classes.length];
      if (stranger?.kind === 'entity' && peer.entities?.includes(stranger.entity) === true) sure.add(i);
      if (stranger?.kind === 'name' && peer.name !== undefined && covers(peer.name, stranger.name)) sure.add(i);
    }
  }

}

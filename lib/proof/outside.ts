import type { AddressSet } from '../net/address-set';
import { beyondCluster } from '../plan/beyond-cluster';
import type { Plan } from '../plan/plan';
import type { PodPeer } from '../plan/seen-by-pods';
import type { Endpoint, OutsideEndpoint } from '../reach/endpoint';
import type { Direction } from '../reach/policy';
import type { Universe } from '../reach/universe';
import type { Verdict } from '../reach/verdict';
import type { ProofWorld } from './proof-world';

/** Kinds of addresses of which nothing different can be said. */
export interface KindGroup {
  readonly kinds: readonly number[];
  readonly verdict: Verdict;
}

/** Addresses of one direction, by kinds of which neither a rule nor a flow tells two addresses apart. */
export class Outside {
  readonly #universe: Universe;
  /** Those kinds that are worth asking about, in order. */
  readonly #kinds: readonly number[];
  readonly #members: Map<AddressSet, Uint8Array>[] = [];

  constructor(
    private readonly world: Pick<ProofWorld, 'reach' | 'judged'>,
    private readonly direction: Direction,
    private readonly plan: Plan,
  ) {
    this.#universe = world.reach.universes[direction];
    this.#kinds = this.#universe.kindsOf(world.judged[direction]).list();
  }

  /** Kinds that fare alike and are in the same of some sets, with their verdict. */
  groups({ endpoint }: { readonly endpoint: Endpoint }, sets: readonly Uint8Array[]): KindGroup[] {
    const { reach } = this.world;
    const said = reach.withOutside(this.direction, endpoint);
    const groups = new Map<string | number, { readonly said: number; readonly kinds: number[] }>();
    for (const kind of this.#kinds) {
      const own = said(kind);
      const key = sets.length > MOST_IN_NUMBER ? longKey(own, sets, kind) : keyOf(own, sets, kind);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { said: own, kinds: [kind] });
      else group.kinds.push(kind);
    }
    return [...groups.values()].map((group) => ({
      kinds: group.kinds,
      verdict: reach.outsideVerdict(this.direction, group.said),
    }));
  }

  /**
   * For each kind 2 where a peer has it, 1 where the engine cannot but let it through beside, 0 else; undefined for a
   * peer that is known by something else than addresses.
   */
  membership(peer: PodPeer): Uint8Array | undefined {
    const addresses = this.addressesOf(peer);
    if (addresses === undefined) return undefined;
    // Cilium's `world` is whoever is no part of the cluster.
    const least = peer.kind === 'anywhere' && this.world.reach.engine === 'cilium' ? 1 : 0;
    const ofLeast = (this.#members[least] ??= new Map<AddressSet, Uint8Array>());
    let members = ofLeast.get(addresses);
    if (members === undefined) {
      const own = new Uint8Array(this.#universe.kindCount).fill(least);
      this.#universe.kindsOf(addresses).forEach((kind) => (own[kind] = 2));
      ofLeast.set(addresses, (members = own));
    }
    return members;
  }

  /** The addresses by which an engine that knows nothing else would know a peer. */
  addressesOf(peer: PodPeer): AddressSet | undefined {
    const { engine } = this.world.reach;
    switch (peer.kind) {
      case 'addresses':
        return peer.addresses;
      case 'anywhere':
        return beyondCluster(this.plan);
      case 'names':
        return engine === 'cilium' ? peer.addresses : (peer.addresses ?? beyondCluster(this.plan));
      case 'nodes':
        return engine === 'cilium' ? undefined : peer.addresses;
      default:
        return undefined;
    }
  }

  /** What to call some of them, as few words as do. */
  nameOf(addresses: AddressSet): string {
    const judged = this.world.judged[this.direction];
    if (addresses.equals(judged)) return 'any address';
    if (addresses.equals(beyondCluster(this.plan).intersection(judged))) return 'anywhere';
    const nodes = this.plan.podNetwork.nodesAppearAs;
    if (nodes?.contains(addresses) === true) return `nodes, by ${addresses}`;
    return addresses.toString();
  }

  /** The addresses of some kinds. */
  ofKinds(kinds: readonly number[]): readonly OutsideEndpoint[] {
    return kinds.flatMap((kind) => this.#universe.outsideOf(kind));
  }
}

/** Digits of base 3 that a number holds beside a verdict's own. */
const MOST_IN_NUMBER = 20;

function keyOf(said: number, sets: readonly Uint8Array[], kind: number): number {
  let key = said;
  for (const set of sets) key = key * 3 + (set[kind] ?? 0);
  return key;
}

function longKey(said: number, sets: readonly Uint8Array[], kind: number): string {
  return `${said} ${sets.map((set) => set[kind] ?? 0).join('')}`;
}

import type { AddressSet } from '../net/address-set';
import { beyondCluster } from '../plan/beyond-cluster';
import type { Plan } from '../plan/plan';
import type { PodPeer } from '../plan/seen-by-pods';
import type { Bits } from '../reach/bits';
import type { OutsideEndpoint } from '../reach/endpoint';
import type { Direction } from '../reach/policy';
import type { Verdict } from '../reach/verdict';
import type { PodsEnd, ProofWorld } from './proof-world';

/** Atoms of which nothing different can be said. */
export interface AtomGroup {
  readonly atoms: readonly number[];
  readonly verdict: Verdict;
}

/** Addresses of one direction, cut so that neither a rule nor a flow tells two of one atom apart. */
export class Outside {
  /** Those that are worth asking about. */
  readonly atoms: readonly OutsideEndpoint[];
  readonly #indexes: readonly number[];
  readonly #members: Map<AddressSet, Uint8Array>[] = [];

  constructor(
    private readonly world: ProofWorld,
    private readonly direction: Direction,
    private readonly plan: Plan,
  ) {
    const universe = world.reach.universes[direction];
    const judged = this.#bits(world.judged[direction]);
    this.#indexes = universe.outside.flatMap((_, i) => (judged.has(i) ? [i] : []));
    this.atoms = this.#indexes.map((i) => universe.outside[i] as OutsideEndpoint);
  }

  /**
   * Atoms that fare alike and are in the same of some sets, with their verdict. Most have nothing to say: those that
   * nobody reaches and no set holds are left out.
   */
  groups({ endpoint }: PodsEnd, sets: readonly Uint8Array[]): AtomGroup[] {
    const { reach } = this.world;
    const said = reach.withOutside(this.direction, endpoint);
    const groups = new Map<string | number, { readonly said: number; readonly atoms: number[] }>();
    for (const [atom, index] of this.#indexes.entries()) {
      const own = said[index] ?? 0;
      const key = sets.length > MOST_IN_NUMBER ? longKey(own, sets, atom) : keyOf(own, sets, atom);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { said: own, atoms: [atom] });
      else group.atoms.push(atom);
    }
    return [...groups.values()].map((group) => ({
      atoms: group.atoms,
      verdict: reach.outsideVerdict(this.direction, group.said),
    }));
  }

  /**
   * For each atom 2 where a peer has it, 1 where the engine cannot but let it through beside, 0 else; undefined for a
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
      const bits = this.#bits(addresses);
      members = Uint8Array.from(this.#indexes, (index) => (bits.has(index) ? 2 : least));
      ofLeast.set(addresses, members);
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

  #bits(addresses: AddressSet): Bits {
    return this.world.reach.universes[this.direction].atomsOf(addresses);
  }
}

/** Digits of base 3 that a number holds beside a verdict's own. */
const MOST_IN_NUMBER = 20;

function keyOf(said: number, sets: readonly Uint8Array[], atom: number): number {
  let key = said;
  for (const set of sets) key = key * 3 + (set[atom] ?? 0);
  return key;
}

function longKey(said: number, sets: readonly Uint8Array[], atom: number): string {
  return `${said} ${sets.map((set) => set[atom] ?? 0).join('')}`;
}

import { Address, highestOf, type Family } from '../net/address';
import type { AddressSet } from '../net/address-set';
import { Range } from '../net/range';
import type { Bits } from './bits';

const FAMILIES: readonly Family[] = [4, 6];

/** All addresses, cut wherever a set begins or ends: no policy can tell two addresses of one atom apart. */
export class AddressAtoms {
  /**
   * Atoms of one family that lie in the same of the sets, by their indexes: each kind in order, and the kinds by their
   * first atoms. What lies between the addresses of nodes, say, is many atoms of one kind.
   */
  readonly kinds: readonly (readonly number[])[];
  /** Where the atoms of a family begin, in order. */
  readonly #starts: Readonly<Record<Family, readonly bigint[]>>;
  /** Index of the atom that begins at a value; IPv4 has the first. */
  readonly #indexes: Readonly<Record<Family, ReadonlyMap<bigint, number>>>;
  readonly #kindOf: Uint32Array;
  #ranges: readonly Range[] | undefined;

  constructor(sets: Iterable<AddressSet>) {
    const distinct = new Set(sets);
    const cuts: Record<Family, Set<bigint>> = { 4: new Set([0n]), 6: new Set([0n]) };
    for (const set of distinct) {
      for (const { family, first, last } of set.ranges()) {
        cuts[family].add(first.value);
        if (last.value < highestOf(family)) cuts[family].add(last.value + 1n);
      }
    }
    this.#starts = { 4: sorted(cuts[4]), 6: sorted(cuts[6]) };
    this.#indexes = { 4: indexesOf(this.#starts[4], 0), 6: indexesOf(this.#starts[6], cuts[4].size) };
    this.#kindOf = Uint32Array.from({ length: cuts[4].size + cuts[6].size }, (_, i) => (i < cuts[4].size ? 0 : 1));
    this.kinds = this.#divide(distinct);
  }

  /** In order, IPv4 first. */
  get ranges(): readonly Range[] {
    return (this.#ranges ??= FAMILIES.flatMap((family) =>
      this.#starts[family].map((first, i, starts) => {
        const last = (starts[i + 1] ?? highestOf(family) + 1n) - 1n;
        return Range.of(Address.of(family, first), Address.of(family, last));
      }),
    ));
  }

  familyOf(atom: number): Family {
    return atom < this.#starts[4].length ? 4 : 6;
  }

  /** The kind of an atom, by its index. */
  kindOf(atom: number): number {
    return this.#kindOf[atom] as number;
  }

  /** Adds to `bits` the kinds of a set that was among those given, the first kind at `offset`. */
  mark(set: AddressSet, bits: Bits, offset: number): void {
    this.#forEachIn(set, (atom) => bits.add(offset + this.kindOf(atom)));
  }

  /** Begins with one kind a family. */
  #divide(sets: Iterable<AddressSet>): number[][] {
    let count = FAMILIES.length;
    for (const set of sets) {
      // What the set holds of a kind becomes a kind of its own.
      const parts: number[] = [];
      this.#forEachIn(set, (atom) => {
        this.#kindOf[atom] = parts[this.kindOf(atom)] ??= count++;
      });
    }
    const kinds: number[][] = [];
    const numbers: number[] = [];
    this.#kindOf.forEach((part, atom) => {
      const kind = (numbers[part] ??= kinds.push([]) - 1);
      kinds[kind]?.push(atom);
      this.#kindOf[atom] = kind;
    });
    return kinds;
  }

  #forEachIn(set: AddressSet, call: (atom: number) => void): void {
    for (const { family, first, last } of set.ranges()) {
      const indexes = this.#indexes[family];
      const from = indexes.get(first.value);
      const to = last.value === highestOf(family) ? this.#end(family) : indexes.get(last.value + 1n);
      if (from === undefined || to === undefined)
        throw new RangeError(`${set} was not among the sets that cut the addresses`);
      for (let atom = from; atom < to; atom++) call(atom);
    }
  }

  /** Behind the last atom of a family. */
  #end(family: Family): number {
    return family === 4 ? this.#starts[4].length : this.#kindOf.length;
  }
}

function sorted(values: ReadonlySet<bigint>): bigint[] {
  return [...values].sort((a, b) => (a < b ? -1 : 1));
}

function indexesOf(starts: readonly bigint[], offset: number): Map<bigint, number> {
  const indexes = new Map<bigint, number>();
  starts.forEach((start, i) => indexes.set(start, offset + i));
  return indexes;
}

import { Address, highestOf, type Family } from '../net/address';
import type { AddressSet } from '../net/address-set';
import { Range } from '../net/range';
import type { Bits } from './bits';

const FAMILIES: readonly Family[] = [4, 6];

/** All addresses, cut wherever a set begins or ends: no policy can tell two addresses of one atom apart. */
export class AddressAtoms {
  /** In order, IPv4 first. */
  readonly ranges: readonly Range[];
  readonly #sets: ReadonlySet<AddressSet>;
  /** Index of the atom that begins at a value. */
  readonly #starts: Readonly<Record<Family, ReadonlyMap<bigint, number>>>;

  constructor(sets: Iterable<AddressSet>) {
    const cuts: Record<Family, Set<bigint>> = { 4: new Set([0n]), 6: new Set([0n]) };
    this.#sets = new Set(sets);
    for (const set of this.#sets) {
      for (const { family, first, last } of set.ranges()) {
        cuts[family].add(first.value);
        if (last.value < highestOf(family)) cuts[family].add(last.value + 1n);
      }
    }
    const ranges: Range[] = [];
    const starts: Record<Family, Map<bigint, number>> = { 4: new Map(), 6: new Map() };
    for (const family of FAMILIES) {
      const values = [...cuts[family]].sort((a, b) => (a < b ? -1 : 1));
      for (const [i, value] of values.entries()) {
        const last = (values[i + 1] ?? highestOf(family) + 1n) - 1n;
        starts[family].set(value, ranges.length);
        ranges.push(Range.of(Address.of(family, value), Address.of(family, last)));
      }
    }
    this.ranges = ranges;
    this.#starts = starts;
  }

  /** Adds to `bits` the atoms of a set that was among those given, the first atom at `offset`. */
  mark(set: AddressSet, bits: Bits, offset: number): void {
    this.#forEachIn(set, (index) => bits.add(offset + index));
  }

  /**
   * Atoms of one family that lie in the same of the sets, each kind in order and the kinds by their first atoms. What
   * lies between the addresses of nodes, say, is many atoms of one kind.
   */
  kinds(): readonly (readonly number[])[] {
    const kindOf = Uint32Array.from(this.ranges, ({ family }) => FAMILIES.indexOf(family));
    let count = FAMILIES.length;
    for (const set of this.#sets) {
      // What the set holds of a kind becomes a kind of its own.
      const parts: number[] = [];
      this.#forEachIn(set, (index) => {
        kindOf[index] = parts[kindOf[index] as number] ??= count++;
      });
    }
    const kinds = new Map<number, number[]>();
    for (const [index, kind] of kindOf.entries()) {
      const atoms = kinds.get(kind);
      if (atoms === undefined) kinds.set(kind, [index]);
      else atoms.push(index);
    }
    return [...kinds.values()];
  }

  #forEachIn(set: AddressSet, call: (index: number) => void): void {
    for (const { family, first, last } of set.ranges()) {
      let index = this.#starts[family].get(first.value);
      if (index === undefined) throw new RangeError(`${set} was not among the sets that cut the addresses`);
      for (; index < this.ranges.length && isWithin(this.ranges[index], family, last); index++) call(index);
    }
  }
}

function isWithin(range: Range | undefined, family: Family, last: Address): boolean {
  return range !== undefined && range.family === family && range.last.value <= last.value;
}

import { Address, bitsOf, highestOf, type Family } from './address';
import { AddressError } from './error';
import * as intervals from './interval';
import { Prefix } from './prefix';
import { Range } from './range';

/** Anything that stands for a set of addresses. */
export type AddressItem = Address | Prefix | Range | AddressSet;

type Values = intervals.Intervals<bigint>;

/** A set of IPv4 and IPv6 addresses. Immutable; two sets of the same addresses are deeply equal. */
export class AddressSet {
  static readonly empty = new AddressSet([], []);
  static readonly all4 = new AddressSet(wholeFamily(4), []);
  static readonly all6 = new AddressSet([], wholeFamily(6));
  static readonly everything = new AddressSet(wholeFamily(4), wholeFamily(6));

  #ranges: readonly Range[] | undefined;
  #prefixes: readonly Prefix[] | undefined;
  #text: string | undefined;

  private constructor(
    private readonly values4: Values,
    private readonly values6: Values,
  ) {}

  static of(...items: readonly AddressItem[]): AddressSet {
    const first = items[0];
    if (first instanceof AddressSet && items.length === 1) return first;
    const values: Record<Family, intervals.Interval<bigint>[]> = { 4: [], 6: [] };
    for (const item of items) {
      if (item instanceof AddressSet) {
        for (const interval of item.values4) values[4].push(interval);
        for (const interval of item.values6) values[6].push(interval);
      } else if (item instanceof Address) {
        values[item.family].push({ first: item.value, last: item.value });
      } else {
        values[item.family].push({ first: item.first.value, last: item.last.value });
      }
    }
    return new AddressSet(intervals.normalise(values[4]), intervals.normalise(values[6]));
  }

  /**
   * Reads addresses, prefixes and ranges: a list, or one text with commas between them. `∅` is the empty set.
   * @throws AddressError for the first that cannot be read
   */
  static parse(text: string | readonly string[]): AddressSet {
    if (typeof text !== 'string') return AddressSet.of(...text.map((entry) => Range.parse(entry)));
    if (text === EMPTY) return AddressSet.empty;
    const entries = text.split(',').map((entry) => entry.trim());
    if (entries.includes('')) {
      throw new AddressError(text, text.trim() === '' ? 'names no address' : 'has nothing between two commas');
    }
    return AddressSet.of(...entries.map((entry) => Range.parse(entry)));
  }

  /** The addresses a host can have: without network and broadcast address (IPv4 up to /30), else all. */
  static hostsOf(prefix: Prefix): AddressSet {
    return AddressSet.of(Range.of(prefix.firstHost, prefix.lastHost));
  }

  union(other: AddressItem): AddressSet {
    if (this.isEmpty) return AddressSet.of(other);
    return this.combine(other, intervals.union);
  }

  difference(other: AddressItem): AddressSet {
    return this.combine(other, intervals.difference);
  }

  intersection(other: AddressItem): AddressSet {
    return this.combine(other, intervals.intersection);
  }

  /** Whether every address of `item` is in this set. The empty set is in every set. */
  contains(item: AddressItem): boolean {
    const { values4, values6 } = AddressSet.of(item);
    return intervals.contains(this.values4, values4) && intervals.contains(this.values6, values6);
  }

  /** Whether any address is in both. */
  overlaps(item: AddressItem): boolean {
    const { values4, values6 } = AddressSet.of(item);
    return intervals.overlaps(this.values4, values4) || intervals.overlaps(this.values6, values6);
  }

  equals(other: AddressSet): boolean {
    return intervals.equals(this.values4, other.values4) && intervals.equals(this.values6, other.values6);
  }

  get isEmpty(): boolean {
    return this.values4.length === 0 && this.values6.length === 0;
  }

  /** The number of addresses of both families. */
  get size(): bigint {
    return this.ranges().reduce((sum, range) => sum + range.size, 0n);
  }

  /** The fewest ranges that hold exactly these addresses, IPv4 first, in order. */
  ranges(): readonly Range[] {
    return (this.#ranges ??= FAMILIES.flatMap((family) =>
      this.valuesOf(family).map(({ first, last }) => {
        const address = Address.of(family, first);
        return Range.of(address, first === last ? address : Address.of(family, last));
      }),
    ));
  }

  /** The fewest prefixes that hold exactly these addresses, IPv4 first, in order. */
  prefixes(): readonly Prefix[] {
    return (this.#prefixes ??= this.ranges().flatMap((range) => range.prefixes()));
  }

  families(): readonly Family[] {
    return FAMILIES.filter((family) => this.valuesOf(family).length > 0);
  }

  /** The part of this set that is of one family. */
  family(family: Family): AddressSet {
    if (this.valuesOf(family).length === 0) return AddressSet.empty;
    if (this.valuesOf(family === 4 ? 6 : 4).length === 0) return this;
    return family === 4 ? new AddressSet(this.values4, []) : new AddressSet([], this.values6);
  }

  /** The prefixes of this length that lie wholly inside the set, IPv4 first, made as they are asked for. */
  *blocks(length: number): Generator<Prefix> {
    for (const range of this.ranges()) {
      if (length > bitsOf(range.family)) continue;
      const size = 1n << BigInt(bitsOf(range.family) - length);
      const firstAligned = ((range.first.value + size - 1n) / size) * size;
      for (let value = firstAligned; value + size - 1n <= range.last.value; value += size) {
        yield Prefix.of(Address.of(range.family, value), length);
      }
    }
  }

  /** Each range as an address or a prefix where it is exactly one, else as `a-b`; IPv4 first. `∅` if empty. */
  toString(): string {
    if (this.isEmpty) return EMPTY;
    return (this.#text ??= this.ranges()
      .map((range) => (range.size === 1n ? range : (range.asPrefix() ?? range)).toString())
      .join(', '));
  }

  toJSON(): string {
    return this.toString();
  }

  private valuesOf(family: Family): Values {
    return family === 4 ? this.values4 : this.values6;
  }

  private combine(item: AddressItem, operation: (a: Values, b: Values) => Values): AddressSet {
    const other = AddressSet.of(item);
    return new AddressSet(operation(this.values4, other.values4), operation(this.values6, other.values6));
  }
}

const FAMILIES = [4, 6] as const;
const EMPTY = '∅';

function wholeFamily(family: Family): Values {
  return [{ first: 0n, last: highestOf(family) }];
}

import { Address, bitsOf, type Family } from './address';
import { explainAddress } from './address-text';
import { AddressError, readable, settle } from './error';
import { Prefix } from './prefix';

/** All addresses from `first` to `last`, both included. Immutable. */
export class Range {
  private constructor(
    readonly first: Address,
    readonly last: Address,
  ) {}

  /**
   * Reads `a-b`, a single address, or a prefix.
   * @throws AddressError for a reversed or mixed range, a dash that is not a hyphen, or white space
   */
  static parse(text: string): Range {
    const hyphen = text.indexOf('-');
    if (hyphen < 0) return Range.parseWithoutHyphen(text);
    const first = Address.tryParse(text.slice(0, hyphen));
    const last = Address.tryParse(text.slice(hyphen + 1));
    if (first === undefined || last === undefined) throw explainRange(text);
    return Range.ordered(first, last, text);
  }

  /** @throws AddressError if the range is reversed or mixes families */
  static of(first: Address, last: Address): Range {
    return Range.ordered(first, last);
  }

  private static parseWithoutHyphen(text: string): Range {
    const address = Address.tryParse(text);
    if (address !== undefined) return new Range(address, address);
    if (WRONG_DASH.test(text) || !text.includes('/')) throw explainRange(text);
    const prefix = Prefix.parse(text);
    return new Range(prefix.first, prefix.last);
  }

  private static ordered(first: Address, last: Address, text?: string): Range {
    if (first.family === last.family && first.value <= last.value) return new Range(first, last);
    const written = text ?? `${first}-${last}`;
    if (first.family !== last.family) throw new AddressError(written, 'mixes IPv4 and IPv6');
    throw new AddressError(written, 'is reversed', `${last}-${first}`);
  }

  get family(): Family {
    return this.first.family;
  }

  /** The number of addresses. */
  get size(): bigint {
    return this.last.value - this.first.value + 1n;
  }

  contains(address: Address): boolean {
    return address.family === this.family && this.first.value <= address.value && address.value <= this.last.value;
  }

  overlaps(other: Range): boolean {
    return this.family === other.family && this.first.value <= other.last.value && other.first.value <= this.last.value;
  }

  equals(other: Range): boolean {
    return this.first.equals(other.first) && this.last.equals(other.last);
  }

  /** Order: IPv4 before IPv6, then by first address, then by last. */
  compare(other: Range): number {
    return this.first.compare(other.first) || this.last.compare(other.last);
  }

  /** The fewest prefixes that hold exactly these addresses, in order. */
  prefixes(): Prefix[] {
    const bits = bitsOf(this.family);
    if (this.first.value === this.last.value) return [Prefix.of(this.first, bits)];
    const prefixes: Prefix[] = [];
    let from = this.first.value;
    while (from <= this.last.value) {
      const aligned = from === 0n ? bits : bitLength(from & -from) - 1;
      const fitting = bitLength(this.last.value - from + 1n) - 1;
      const hostBitCount = Math.min(aligned, fitting);
      prefixes.push(Prefix.of(Address.of(this.family, from), bits - hostBitCount));
      from += 1n << BigInt(hostBitCount);
    }
    return prefixes;
  }

  /** The prefix that holds exactly these addresses, if there is one. */
  asPrefix(): Prefix | undefined {
    const hostBitCount = bitLength(this.size) - 1;
    const isBlock = this.size === 1n << BigInt(hostBitCount) && this.first.value % this.size === 0n;
    return isBlock ? Prefix.of(this.first, bitsOf(this.family) - hostBitCount) : undefined;
  }

  /** `a-b`, or `a` for a single address. */
  toString(): string {
    return this.first.value === this.last.value ? this.first.toString() : `${this.first}-${this.last}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

/**
 * Reads a prefix, and knows a range that stands in its place.
 * @throws AddressError which names the prefixes that the range is made of, or as `Prefix.parse` does
 */
export function parsePrefix(text: string): Prefix {
  const range = text.includes('-') ? readable(() => Range.parse(text)) : undefined;
  if (range === undefined) return Prefix.parse(text);
  const whole = range.asPrefix();
  const problem = whole === undefined ? `a range, of the prefixes ${range.prefixes().join(', ')}` : 'a range';
  throw new AddressError(text, `is ${problem}, where a prefix must stand`, whole?.toString());
}

/** Counts in text, since a logarithm would go through floating point. */
function bitLength(value: bigint): number {
  return value.toString(2).length;
}

/** Hyphens and dashes of typography, and the minus sign: what an editor or a web page makes of a hyphen. */
const WRONG_DASH = /[\u2010-\u2015\u2212]/u;

/** Why a text that is no range is none. */
function explainRange(text: string): AddressError {
  const refuse = (problem: string, mended?: string): AddressError =>
    new AddressError(text, problem, mended === undefined ? undefined : settle(mended, (each) => Range.parse(each)));

  const tidy = text.replace(new RegExp(WRONG_DASH, 'gu'), '-').replace(/\s+/g, '');
  if (WRONG_DASH.test(text)) return refuse('has a dash that is not a hyphen', tidy);
  if (tidy !== text) return refuse('has white space in it', tidy);
  const hyphen = text.indexOf('-');
  if (hyphen < 0)
    return refuse(
      explainAddress(text).problem,
      settle(text, (each) => Address.parse(each)),
    );
  const from = text.slice(0, hyphen);
  const to = text.slice(hyphen + 1);
  if (Address.isAddress(from) && from.includes('.') && /^\d{1,3}$/.test(to)) {
    return refuse('has only the last octet of its end', `${from}-${from.slice(0, from.lastIndexOf('.') + 1)}${to}`);
  }
  const bad = Address.isAddress(from) ? to : from;
  const mended = [from, to].map((end) => settle(end, (each) => Address.parse(each)));
  return refuse(
    `holds "${bad}", which ${explainAddress(bad).problem}`,
    mended.includes(undefined) ? undefined : mended.join('-'),
  );
}

import { explainAddress, printAddress, readAddress, type Family } from './address-text';
import { AddressError } from './error';

export type { Family };

/** The number of bits of an address: 32 or 128. */
export function bitsOf(family: Family): 32 | 128 {
  return family === 4 ? 32 : 128;
}

/** The highest value of an address of the family. */
export function highestOf(family: Family): bigint {
  return family === 4 ? HIGHEST_IPV4 : HIGHEST_IPV6;
}

const HIGHEST_IPV4 = (1n << 32n) - 1n;
const HIGHEST_IPV6 = (1n << 128n) - 1n;

/** One IPv4 or IPv6 address. Immutable. An IPv4-mapped address stays IPv6. */
export class Address {
  #text: string | undefined;

  private constructor(
    readonly family: Family,
    readonly value: bigint,
    text?: string,
  ) {
    this.#text = text;
  }

  /**
   * Reads four decimal octets without padding, or IPv6 with `::` and an IPv4 tail. No zone id, no white space.
   * @throws AddressError naming the value that would be right where one can be told
   */
  static parse(text: string): Address {
    const address = Address.tryParse(text);
    if (address === undefined) throw explainAddress(text);
    return address;
  }

  /** Like `parse`, but undefined where that throws. */
  static tryParse(text: string): Address | undefined {
    const read = readAddress(text);
    if (read === undefined) return undefined;
    // Strict IPv4 has one spelling, so what was read is what is printed.
    return new Address(read.family, read.value, read.family === 4 ? text : undefined);
  }

  /** @throws RangeError if the family has no such value */
  static of(family: Family, value: bigint): Address {
    if (value < 0n || value > highestOf(family)) throw new RangeError(`IPv${family} has no address of value ${value}`);
    return new Address(family, value);
  }

  static isAddress(text: string): boolean {
    return readAddress(text) !== undefined;
  }

  /** Order: IPv4 before IPv6, then by value. */
  compare(other: Address): number {
    if (this.family !== other.family) return this.family - other.family;
    return this.value < other.value ? -1 : this.value > other.value ? 1 : 0;
  }

  equals(other: Address): boolean {
    return this.family === other.family && this.value === other.value;
  }

  /** @throws AddressError after the last address of the family */
  next(): Address {
    return this.plus(1);
  }

  /**
   * The address `n` further on; back if `n` is negative.
   * @throws AddressError if that lies outside the family's addresses
   */
  plus(n: bigint | number): Address {
    const value = this.value + BigInt(n);
    if (value < 0n || value > highestOf(this.family)) {
      throw new AddressError(this.toString(), `plus ${n} lies outside IPv${this.family}`);
    }
    return new Address(this.family, value);
  }

  /** Dotted decimal, or RFC 5952. */
  toString(): string {
    return (this.#text ??= printAddress(this.family, this.value));
  }

  /** With a port behind it; an IPv6 address then stands in brackets. Source: RFC 3986, 3.2.2. */
  withPort(port: number): string {
    return this.family === 6 ? `[${this}]:${port}` : `${this}:${port}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

import { Address, bitsOf, type Family } from './address';
import { explainAddress } from './address-text';
import { AddressError, settle } from './error';

/** An address block in CIDR notation, without host bits. Immutable. */
export class Prefix {
  private constructor(
    /** The network address, which is also the first. */
    readonly address: Address,
    readonly length: number,
  ) {}

  /** @throws AddressError for host bits, a length that is missing, padded or too large, or a bad address */
  static parse(text: string): Prefix {
    const slash = text.indexOf('/');
    const digits = text.slice(slash + 1);
    if (slash < 0 || !/^(0|[1-9]\d{0,2})$/.test(digits)) throw explainPrefix(text);
    const address = Address.tryParse(text.slice(0, slash));
    const length = Number(digits);
    if (address === undefined || length > bitsOf(address.family)) throw explainPrefix(text);
    if (maskOf(address, length) !== address.value) throw hostBits(text, Prefix.containing(address, length));
    return new Prefix(address, length);
  }

  /**
   * @throws AddressError if the address has host bits; `containing` masks them instead
   * @throws RangeError if the family has no such length
   */
  static of(address: Address, length: number): Prefix {
    const prefix = Prefix.containing(address, length);
    if (!prefix.address.equals(address)) throw hostBits(`${address}/${length}`, prefix);
    return prefix;
  }

  /** The block of this length that the address lies in. @throws RangeError if the family has no such length */
  static containing(address: Address, length: number): Prefix {
    requireLength(address.family, length);
    const network = maskOf(address, length);
    return new Prefix(network === address.value ? address : Address.of(address.family, network), length);
  }

  get family(): Family {
    return this.address.family;
  }

  get first(): Address {
    return this.address;
  }

  get last(): Address {
    return Address.of(this.family, this.address.value + this.size - 1n);
  }

  /** The number of addresses, network and broadcast address included. */
  get size(): bigint {
    return 1n << BigInt(bitsOf(this.family) - this.length);
  }

  /** The broadcast address; IPv6, /31 (RFC 3021) and /32 have none. */
  get broadcast(): Address | undefined {
    return this.hasBroadcast ? this.last : undefined;
  }

  /** The first address a host can have: after the network address where there is one (IPv4 up to /30). */
  get firstHost(): Address {
    return this.hasBroadcast ? this.address.next() : this.first;
  }

  /** The last address a host can have: before the broadcast address where there is one. */
  get lastHost(): Address {
    return this.hasBroadcast ? this.last.plus(-1) : this.last;
  }

  contains(other: Address | Prefix): boolean {
    if (other instanceof Prefix) return other.length >= this.length && this.contains(other.address);
    return other.family === this.family && maskOf(other, this.length) === this.address.value;
  }

  overlaps(other: Prefix): boolean {
    return this.contains(other.address) || other.contains(this.address);
  }

  equals(other: Prefix): boolean {
    return this.length === other.length && this.address.equals(other.address);
  }

  /** Order: IPv4 before IPv6, then by first address, then the larger block first. */
  compare(other: Prefix): number {
    return this.address.compare(other.address) || this.length - other.length;
  }

  /**
   * All blocks of the given length inside this one, in order, made as they are asked for.
   * @throws RangeError if the length is shorter than this prefix's, or the family has no such length
   */
  subnets(length: number): Iterable<Prefix> {
    requireLength(this.family, length);
    if (length < this.length) throw new RangeError(`${this} has no subnets of length /${length}`);
    return this.eachSubnet(length);
  }

  toString(): string {
    return `${this.address}/${this.length}`;
  }

  toJSON(): string {
    return this.toString();
  }

  private get hasBroadcast(): boolean {
    return this.family === 4 && this.length <= 30;
  }

  private *eachSubnet(length: number): Generator<Prefix> {
    const step = 1n << BigInt(bitsOf(this.family) - length);
    const end = this.address.value + this.size;
    for (let value = this.address.value; value < end; value += step) {
      yield new Prefix(Address.of(this.family, value), length);
    }
  }
}

function requireLength(family: Family, length: number): void {
  if (!Number.isInteger(length) || length < 0 || length > bitsOf(family)) {
    throw new RangeError(`IPv${family} has no prefix length /${length}`);
  }
}

function maskOf(address: Address, length: number): bigint {
  const hostBitCount = BigInt(bitsOf(address.family) - length);
  return (address.value >> hostBitCount) << hostBitCount;
}

function hostBits(text: string, prefix: Prefix): AddressError {
  return new AddressError(text, 'has host bits set', prefix.toString());
}

/** Why a text that is no prefix is none. */
function explainPrefix(text: string): AddressError {
  const refuse = (problem: string, mended?: string): AddressError =>
    new AddressError(text, problem, mended === undefined ? undefined : settle(mended, (each) => Prefix.parse(each)));

  const tidy = text.replace(/\s+/g, '');
  if (tidy !== text) return refuse('has white space in it', tidy);
  const [base = '', length, ...more] = text.split('/');
  if (more.length > 0) return refuse('has more than one slash');
  const address = Address.tryParse(base);
  if (address === undefined) {
    const { problem, suggestion } = explainAddress(base);
    return refuse(problem, suggestion === undefined ? undefined : [suggestion, length].filter(isGiven).join('/'));
  }
  const bits = bitsOf(address.family);
  // An address that ends in zeros is that of a network, and how long its prefix is nobody can tell.
  const alone = address.value % 256n === 0n ? undefined : `${base}/${bits}`;
  if (length === undefined) return refuse('has no prefix length', alone);
  if (/^0\d+$/.test(length)) return refuse('has a zero-padded prefix length', `${base}/${Number(length)}`);
  if (/^\d+$/.test(length)) return refuse(`has the prefix length ${length}, and ${bits} is the longest`, alone);
  const fromNetmask = lengthOfNetmask(length);
  if (fromNetmask !== undefined) return refuse('has a netmask for a prefix length', `${base}/${fromNetmask}`);
  return refuse(`has the prefix length "${length}", which is not a number`);
}

function isGiven(part: string | undefined): part is string {
  return part !== undefined;
}

function lengthOfNetmask(text: string): number | undefined {
  const mask = Address.tryParse(text);
  if (mask === undefined) return undefined;
  const bits = mask.value.toString(2).padStart(bitsOf(mask.family), '0');
  return /^1*0*$/.test(bits) ? bits.lastIndexOf('1') + 1 : undefined;
}

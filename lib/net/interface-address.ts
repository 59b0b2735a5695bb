import { Address, bitsOf, type Family } from './address';
import { AddressError, settle } from './error';
import { Prefix } from './prefix';

/** An address as an interface carries it: the address itself and the prefix it lies in. */
export class InterfaceAddress {
  private constructor(
    readonly address: Address,
    readonly prefix: Prefix,
  ) {}

  /** @throws AddressError if the text is not an address with a prefix length */
  static parse(text: string): InterfaceAddress {
    const slash = text.indexOf('/');
    const address = Address.tryParse(text.slice(0, Math.max(slash, 0)));
    const digits = text.slice(slash + 1);
    const length = /^(0|[1-9]\d{0,2})$/.test(digits) ? Number(digits) : undefined;
    if (address === undefined || length === undefined || length > bitsOf(address.family)) {
      throw explainInterfaceAddress(text);
    }
    return InterfaceAddress.of(address, length);
  }

  /** @throws RangeError if the family has no such length */
  static of(address: Address, length: number): InterfaceAddress {
    return new InterfaceAddress(address, Prefix.containing(address, length));
  }

  get family(): Family {
    return this.address.family;
  }

  equals(other: InterfaceAddress): boolean {
    return this.address.equals(other.address) && this.prefix.equals(other.prefix);
  }

  toString(): string {
    return `${this.address}/${this.prefix.length}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

/** A prefix's refusals, with host bits left in the suggestion. */
function explainInterfaceAddress(text: string): AddressError {
  try {
    Prefix.parse(text);
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    return new AddressError(text, error.problem, suggestionFor(text) ?? error.suggestion);
  }
  throw new Error(`${text} was refused as an interface address and accepted as a prefix`);
}

function suggestionFor(text: string): string | undefined {
  const [base = '', length] = text.replace(/\s+/g, '').split('/');
  const address = settle(base, (each) => Address.parse(each));
  if (address === undefined || length === undefined || !/^\d+$/.test(length)) return undefined;
  const longest = bitsOf(Address.parse(address).family);
  return `${address}/${Number(length) > longest ? longest : Number(length)}`;
}

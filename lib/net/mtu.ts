import type { Family } from './address';

/** What one layer takes from the MTU. */
export interface MtuTerm {
  readonly label: string;
  readonly bytes: number;
}

/**
 * The least MTU of a link, in bytes: IPv6 forbids less (RFC 8200, section 5); for IPv4 the datagram that every host
 * must take (RFC 791, section 3.1).
 */
const LEAST_BYTES: Readonly<Record<Family, number>> = { 4: 576, 6: 1280 };

/** An MTU in bytes, with the terms it was reckoned from. Immutable. */
export class MtuSum {
  private constructor(
    readonly baseBytes: number,
    readonly baseLabel: string | undefined,
    readonly terms: readonly MtuTerm[],
  ) {}

  /** @throws RangeError unless `baseBytes` is a whole number above 0 */
  static of(baseBytes: number, label?: string): MtuSum {
    if (!Number.isInteger(baseBytes) || baseBytes <= 0) {
      throw new RangeError(`An MTU is a whole number of bytes above 0, not ${baseBytes}`);
    }
    return new MtuSum(baseBytes, label, []);
  }

  /** One layer more. @throws RangeError unless `bytes` is a whole number from 0 up */
  minus(label: string, bytes: number): MtuSum {
    if (!Number.isInteger(bytes) || bytes < 0) {
      throw new RangeError(`The overhead of ${label} is a whole number of bytes from 0 up, not ${bytes}`);
    }
    return new MtuSum(this.baseBytes, this.baseLabel, [...this.terms, { label, bytes }]);
  }

  /** What is left. */
  get bytes(): number {
    return this.terms.reduce((rest, term) => rest - term.bytes, this.baseBytes);
  }

  /** Why this MTU cannot carry the family, or undefined if it can. @param family default 4 */
  problem(family: Family = 4): string | undefined {
    const leastBytes = LEAST_BYTES[family];
    if (this.bytes >= leastBytes) return undefined;
    return `${this} is below ${leastBytes}, the least that IPv${family} needs`;
  }

  /** `1500 − 50 VXLAN = 1450`, with U+2212 for the minus sign. */
  toString(): string {
    const base = this.baseLabel === undefined ? `${this.baseBytes}` : `${this.baseBytes} ${this.baseLabel}`;
    if (this.terms.length === 0) return base;
    return `${[base, ...this.terms.map(({ label, bytes }) => `${bytes} ${label}`)].join(' \u2212 ')} = ${this.bytes}`;
  }
}

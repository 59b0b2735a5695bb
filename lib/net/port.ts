import { AddressError, settle } from './error';
import * as intervals from './interval';

const LOWEST = 1;
const HIGHEST = 65535;

/** Ports from `first` to `last`, both included, within 1 to 65535. Immutable. */
export class PortRange {
  private constructor(
    readonly first: number,
    readonly last: number,
  ) {}

  /**
   * Reads `80` or `8000-8999`.
   * @throws AddressError for port 0, a port above 65535, a reversed range, or anything else
   */
  static parse(text: string | number): PortRange {
    const written = String(text);
    const match = /^([1-9]\d{0,4})(?:-([1-9]\d{0,4}))?$/.exec(written);
    const first = Number(match?.[1]);
    const last = match?.[2] === undefined ? first : Number(match[2]);
    if (match === null || first > last || last > HIGHEST) throw explainPorts(written);
    return new PortRange(first, last);
  }

  /** @throws AddressError if the ports are out of bounds or reversed */
  static of(first: number, last: number = first): PortRange {
    const valid =
      Number.isInteger(first) && Number.isInteger(last) && first >= LOWEST && first <= last && last <= HIGHEST;
    if (!valid) throw explainPorts(first === last ? `${first}` : `${first}-${last}`);
    return new PortRange(first, last);
  }

  /** The number of ports. */
  get count(): number {
    return this.last - this.first + 1;
  }

  contains(other: number | PortRange): boolean {
    const { first, last } = typeof other === 'number' ? { first: other, last: other } : other;
    return this.first <= first && last <= this.last;
  }

  overlaps(other: PortRange): boolean {
    return this.first <= other.last && other.first <= this.last;
  }

  equals(other: PortRange): boolean {
    return this.first === other.first && this.last === other.last;
  }

  /** Order: by first port, then by last. */
  compare(other: PortRange): number {
    return this.first - other.first || this.last - other.last;
  }

  toString(): string {
    return this.first === this.last ? `${this.first}` : `${this.first}-${this.last}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

/** Anything that stands for a set of ports. */
export type PortItem = number | PortRange | PortSet;

/** A set of ports. Immutable; two sets of the same ports are deeply equal. */
export class PortSet {
  static readonly empty = new PortSet([]);
  static readonly all = new PortSet([{ first: LOWEST, last: HIGHEST }]);

  private constructor(private readonly ports: intervals.Intervals<number>) {}

  /** @throws AddressError for a number that is no port */
  static of(...items: readonly PortItem[]): PortSet {
    const [only] = items;
    if (only instanceof PortSet && items.length === 1) return only;
    return new PortSet(intervals.normalise(items.flatMap((item) => PortSet.intervalsOf(item))));
  }

  /**
   * Reads ports and port ranges: a list, or one text with commas between them. `∅` is the empty set.
   * @throws AddressError for the first that cannot be read
   */
  static parse(text: string | number | readonly (string | number)[]): PortSet {
    if (text === EMPTY) return PortSet.empty;
    const entries = typeof text === 'string' ? text.split(',').map((entry) => entry.trim()) : [text].flat();
    return PortSet.of(...entries.map((entry) => PortRange.parse(entry)));
  }

  union(other: PortItem): PortSet {
    return new PortSet(intervals.union(this.ports, PortSet.of(other).ports));
  }

  difference(other: PortItem): PortSet {
    return new PortSet(intervals.difference(this.ports, PortSet.of(other).ports));
  }

  intersection(other: PortItem): PortSet {
    return new PortSet(intervals.intersection(this.ports, PortSet.of(other).ports));
  }

  /** Whether every port of `item` is in this set. The empty set is in every set. */
  contains(item: PortItem): boolean {
    return intervals.contains(this.ports, PortSet.of(item).ports);
  }

  /** Whether any port is in both. */
  overlaps(item: PortItem): boolean {
    return intervals.overlaps(this.ports, PortSet.of(item).ports);
  }

  equals(other: PortSet): boolean {
    return intervals.equals(this.ports, other.ports);
  }

  get isEmpty(): boolean {
    return this.ports.length === 0;
  }

  /** The number of ports. */
  get count(): number {
    return this.ports.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  }

  /** The fewest ranges that hold exactly these ports, in order. */
  ranges(): readonly PortRange[] {
    return this.ports.map(({ first, last }) => PortRange.of(first, last));
  }

  /** Such as `80, 443, 8000-8999`; `∅` if empty. */
  toString(): string {
    return this.isEmpty ? EMPTY : this.ranges().join(', ');
  }

  toJSON(): string {
    return this.toString();
  }

  private static intervalsOf(item: PortItem): intervals.Intervals<number> {
    if (item instanceof PortSet) return item.ports;
    const { first, last } = typeof item === 'number' ? PortRange.of(item) : item;
    return [{ first, last }];
  }
}

const EMPTY = '∅';

/** Why a text that is no port or port range is none. */
function explainPorts(text: string): AddressError {
  const refuse = (problem: string, mended?: string): AddressError =>
    new AddressError(text, problem, mended === undefined ? undefined : settle(mended, (each) => PortRange.parse(each)));

  if (text.trim() === '') return refuse('is empty where a port should stand');
  const hyphenated = text.replace(/[\u2010-\u2015\u2212:]/gu, '-').replace(/\.\.+/g, '-');
  if (hyphenated !== text) return refuse('has something else than a hyphen between two ports', hyphenated);
  const tidy = text.replace(/\s+/g, '');
  if (tidy !== text) return refuse('has white space in it', tidy);
  const [, ports, protocol] = /^(.*)\/(tcp|udp|sctp)$/.exec(text.toLowerCase()) ?? [];
  // A port by itself is one of TCP: of another protocol half would be lost.
  if (protocol !== undefined)
    return refuse(
      `names the protocol ${protocol}, which has a place of its own`,
      protocol === 'tcp' ? ports : undefined,
    );
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (match === null) return refuse('is not a port or a port range');
  const ends = match.slice(1).filter((end) => end !== undefined);
  const plain = ends.map((end) => end.replace(/^0+(?=\d)/, ''));
  if (plain.includes('0')) return refuse('holds port 0, and ports start at 1', cut(plain));
  const tooLarge = plain.find(isTooLarge);
  if (tooLarge !== undefined) return refuse(`holds port ${tooLarge}, and ${HIGHEST} is the highest`, cut(plain));
  if (plain.join('-') !== text) return refuse('is zero-padded', plain.join('-'));
  return refuse('is reversed', [...plain].reverse().join('-'));
}

const isTooLarge = (digits: string) => digits.length > 5 || Number(digits) > HIGHEST;

/** The ports of a range that there are, if any; of a lone number that is none nobody knows what was meant. */
function cut(ends: readonly string[]): string | undefined {
  const isPort = (end: string) => end !== '0' && !isTooLarge(end);
  if (ends.length < 2 || !ends.some(isPort)) return undefined;
  return ends.map((end) => (isTooLarge(end) ? `${HIGHEST}` : end === '0' ? `${LOWEST}` : end)).join('-');
}

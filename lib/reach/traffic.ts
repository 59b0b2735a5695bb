import * as intervals from '../net/interval';
import type { Intervals } from '../net/interval';

/** What traffic is told apart by: ports of three protocols, types of two, and the numbers of all other IP protocols. */
export const PROTOCOLS = ['tcp', 'udp', 'sctp', 'icmp', 'icmpv6', 'other'] as const;

export type Protocol = (typeof PROTOCOLS)[number];

/** IP protocol numbers that have a set of their own. Source: IANA, protocol numbers. */
const NUMBERS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58, sctp: 132 };

const PORTS: Intervals<number> = [{ first: 1, last: 65535 }];
const TYPES: Intervals<number> = [{ first: 0, last: 255 }];
const OTHERS = intervals.difference(
  TYPES,
  intervals.normalise(Object.values(NUMBERS).map((number) => ({ first: number, last: number }))),
);

const WHOLE: readonly Intervals<number>[] = [PORTS, PORTS, PORTS, TYPES, TYPES, OTHERS];

/**
 * A set of traffic: for each protocol its destination ports, its ICMP types, or its number. Immutable; of nothing and of
 * everything there is one object each.
 */
export class Traffic {
  static readonly none = new Traffic(PROTOCOLS.map(() => []));
  static readonly all = new Traffic(WHOLE);
  private static readonly single = Object.fromEntries(
    PROTOCOLS.map((protocol) => [protocol, new Map<number, Traffic>()]),
  ) as Record<Protocol, Map<number, Traffic>>;

  #key: string | undefined;

  private constructor(private readonly sets: readonly Intervals<number>[]) {}

  /** All of a protocol. */
  static of(protocol: Protocol): Traffic {
    return Traffic.within(protocol, WHOLE[PROTOCOLS.indexOf(protocol)] ?? []);
  }

  /** Ports or types from `first` to `last`; what the protocol has not is left out. */
  static range(protocol: Protocol, first: number, last: number = first): Traffic {
    if (first !== last) return Traffic.made(protocol, first, last);
    // Rules name the same few ports over and over.
    const ports = Traffic.single[protocol];
    let made = ports.get(first);
    if (made === undefined) ports.set(first, (made = Traffic.made(protocol, first, last)));
    return made;
  }

  private static made(protocol: Protocol, first: number, last: number): Traffic {
    return Traffic.within(
      protocol,
      intervals.intersection([{ first, last }], WHOLE[PROTOCOLS.indexOf(protocol)] ?? []),
    );
  }

  /** All of an IP protocol by its number. */
  static number(number: number): Traffic {
    const named = Object.keys(NUMBERS).find((name) => NUMBERS[name] === number);
    return named === undefined ? Traffic.range('other', number) : Traffic.of(named as Protocol);
  }

  static union(parts: Iterable<Traffic>): Traffic {
    let sum = Traffic.none;
    for (const part of parts) sum = sum.union(part);
    return sum;
  }

  private static within(protocol: Protocol, values: Intervals<number>): Traffic {
    if (values.length === 0) return Traffic.none;
    return new Traffic(PROTOCOLS.map((each) => (each === protocol ? values : [])));
  }

  union(other: Traffic): Traffic {
    if (this === other || this.isAll || other.isEmpty) return this;
    return this.isEmpty || other.isAll ? other : this.combine(other, intervals.union);
  }

  intersection(other: Traffic): Traffic {
    if (this === other || this.isEmpty || other.isAll) return this;
    return this.isAll || other.isEmpty ? other : this.combine(other, intervals.intersection);
  }

  difference(other: Traffic): Traffic {
    if (this.isEmpty || other.isEmpty) return this;
    return this === other || other.isAll ? Traffic.none : this.combine(other, intervals.difference);
  }

  get isEmpty(): boolean {
    return this === Traffic.none;
  }

  get isAll(): boolean {
    return this === Traffic.all;
  }

  contains(other: Traffic): boolean {
    if (this === other || this.isAll || other.isEmpty) return true;
    return this.sets.every((set, i) => intervals.contains(set, other.sets[i] ?? []));
  }

  overlaps(other: Traffic): boolean {
    return this.sets.some((set, i) => intervals.overlaps(set, other.sets[i] ?? []));
  }

  equals(other: Traffic): boolean {
    return this === other || this.sets.every((set, i) => intervals.equals(set, other.sets[i] ?? []));
  }

  /** Ports, types or numbers of one protocol. */
  values(protocol: Protocol): Intervals<number> {
    return this.sets[PROTOCOLS.indexOf(protocol)] ?? [];
  }

  /** Whether all of a protocol is in the set. */
  holdsAll(protocol: Protocol): boolean {
    return intervals.equals(this.values(protocol), WHOLE[PROTOCOLS.indexOf(protocol)] ?? []);
  }

  /** The same for the same set, and for no other. */
  get key(): string {
    return (this.#key ??= this.sets.map((set) => set.map(({ first, last }) => `${first}-${last}`).join(',')).join(';'));
  }

  /** Such as `TCP 80, 443; UDP 53; ICMP`; `all` and `none` for the two extremes. */
  toString(): string {
    if (this.isAll) return 'all';
    if (this.isEmpty) return 'none';
    return PROTOCOLS.filter((protocol) => this.values(protocol).length > 0)
      .map((protocol) =>
        this.holdsAll(protocol) ? NAMES[protocol] : `${NAMES[protocol]} ${this.list(protocol, ', ')}`,
      )
      .join('; ');
  }

  toJSON(): Readonly<Partial<Record<Protocol, string>>> {
    const given = PROTOCOLS.filter((protocol) => this.values(protocol).length > 0);
    return Object.fromEntries(
      given.map((protocol) => [protocol, this.holdsAll(protocol) ? 'all' : this.list(protocol, ',')]),
    );
  }

  /** The values of one protocol, such as `80,443,8000-8999`. */
  list(protocol: Protocol, separator: string): string {
    return this.values(protocol)
      .map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`))
      .join(separator);
  }

  private combine(
    other: Traffic,
    operation: (a: Intervals<number>, b: Intervals<number>) => Intervals<number>,
  ): Traffic {
    const sets = this.sets.map((set, i) => operation(set, other.sets[i] ?? []));
    if (sets.every((set) => set.length === 0)) return Traffic.none;
    return sets.every((set, i) => intervals.equals(set, WHOLE[i] ?? [])) ? Traffic.all : new Traffic(sets);
  }
}

const NAMES: Readonly<Record<Protocol, string>> = {
  tcp: 'TCP',
  udp: 'UDP',
  sctp: 'SCTP',
  icmp: 'ICMP',
  icmpv6: 'ICMPv6',
  other: 'IP protocol',
};

import fc from 'fast-check';
import { Address } from './address';
import { AddressSet, type AddressItem } from './address-set';
import { Prefix } from './prefix';
import { Range } from './range';

const set = (...texts: string[]) => AddressSet.parse(texts);
const address = (text: string) => Address.parse(text);

/** A universe small enough to ask about every address: 32 of IPv4 at the very end, 16 of IPv6 at the very start. */
const UNIVERSE = [
  ...Array.from({ length: 32 }, (_, i) => address('255.255.255.224').plus(i)),
  ...Array.from({ length: 16 }, (_, i) => address('::').plus(i)),
];

const anyAddress = fc.constantFrom(...UNIVERSE);
const anyItem: fc.Arbitrary<Address | Prefix | Range> = fc.oneof(
  anyAddress,
  fc
    .tuple(anyAddress, fc.integer({ min: 0, max: 4 }))
    .map(([each, hostBits]) => Prefix.containing(each, (each.family === 4 ? 32 : 128) - hostBits)),
  fc
    .tuple(anyAddress, anyAddress)
    .filter(([a, b]) => a.family === b.family)
    .map(([a, b]) => (a.compare(b) < 0 ? Range.of(a, b) : Range.of(b, a))),
);
const someItems = fc.array(anyItem, { maxLength: 6 });
const anySet = someItems.map((items) => AddressSet.of(...items));

function holds(item: Address | Prefix | Range, each: Address): boolean {
  return item instanceof Address ? item.equals(each) : item.contains(each);
}

/** The members one by one, asked of the printed ranges so that the algebra is not asked about itself. */
function members(of: AddressSet): string[] {
  return UNIVERSE.filter((each) => of.ranges().some((range) => range.contains(each))).map(String);
}

const ALL = UNIVERSE.map(String);

describe('against asking about every address', () => {
  test('of() holds what its items hold', () => {
    fc.assert(
      fc.property(someItems, (items) => {
        const expected = UNIVERSE.filter((each) => items.some((item) => holds(item, each))).map(String);
        expect(members(AddressSet.of(...items))).toEqual(expected);
        expect(AddressSet.of(...items).size).toBe(BigInt(expected.length));
        expect(AddressSet.of(...items).isEmpty).toBe(expected.length === 0);
      }),
    );
  });

  test('union, intersection, difference', () => {
    fc.assert(
      fc.property(anySet, anySet, (a, b) => {
        const [inA, inB] = [members(a), members(b)];
        expect(members(a.union(b))).toEqual(ALL.filter((each) => inA.includes(each) || inB.includes(each)));
        expect(members(a.intersection(b))).toEqual(inA.filter((each) => inB.includes(each)));
        expect(members(a.difference(b))).toEqual(inA.filter((each) => !inB.includes(each)));
        expect(a.contains(b)).toBe(inB.every((each) => inA.includes(each)));
        expect(a.overlaps(b)).toBe(inB.some((each) => inA.includes(each)));
        expect(a.equals(b)).toBe(inA.join() === inB.join());
      }),
    );
  });

  test('takes an address, a prefix or a range as it takes the set of it', () => {
    fc.assert(
      fc.property(anySet, anyItem, (a, item) => {
        const b = AddressSet.of(item);
        expect(a.union(item)).toEqual(a.union(b));
        expect(a.difference(item)).toEqual(a.difference(b));
        expect(a.intersection(item)).toEqual(a.intersection(b));
        expect(a.contains(item)).toBe(a.contains(b));
        expect(a.overlaps(item)).toBe(a.overlaps(b));
      }),
    );
  });
});

describe('laws', () => {
  const not = (a: AddressSet) => AddressSet.everything.difference(a);

  test('De Morgan over all addresses of both families', () => {
    fc.assert(
      fc.property(anySet, anySet, (a, b) => {
        expect(not(a.union(b))).toEqual(not(a).intersection(not(b)));
        expect(not(a.intersection(b))).toEqual(not(a).union(not(b)));
        expect(not(not(a))).toEqual(a);
        expect(a.difference(b)).toEqual(a.intersection(not(b)));
      }),
    );
  });

  test('the same addresses are one deeply equal set, whatever they were made of and in what order', () => {
    fc.assert(
      fc.property(someItems, (items) => {
        const whole = AddressSet.of(...items);
        expect(AddressSet.of(...[...items].reverse())).toEqual(whole);
        expect(items.reduce((sum: AddressSet, item) => sum.union(item), AddressSet.empty)).toEqual(whole);
        expect(AddressSet.of(...whole.prefixes())).toEqual(whole);
        expect(AddressSet.of(...whole.ranges())).toEqual(whole);
        expect(AddressSet.of(whole.family(6), whole.family(4))).toEqual(whole);
      }),
    );
    expect(set('10.0.0.0/24')).not.toEqual(set('10.0.0.0/25'));
  });

  test('what is printed is read back', () => {
    fc.assert(
      fc.property(anySet, (a) => {
        expect(AddressSet.parse(a.toString())).toEqual(a);
      }),
    );
  });

  test('prefixes are exact, and no two of them make one', () => {
    fc.assert(
      fc.property(anySet, (a) => {
        const prefixes = a.prefixes();
        expect(prefixes.reduce((sum, each) => sum + each.size, 0n)).toBe(a.size);
        for (const each of prefixes) {
          expect(a.contains(each)).toBe(true);
          const larger = Prefix.containing(each.address, each.length - 1);
          expect(a.contains(larger)).toBe(false);
        }
      }),
    );
  });
});

describe('two sets, drawn', () => {
  test.each([
    // node network  |==================== 192.168.1.0/24 ====================|
    // LB pool                                       |== .230-.239 ==|
    ['192.168.1.0/24', '192.168.1.230-192.168.1.239', true, true],
    // LAN           |== 10.42.0.0/17 ==|
    // pod range     |================ 10.42.0.0/16 ================|
    ['10.42.0.0/17', '10.42.0.0/16', true, false],
    // pod range     |== 10.42.0.0/16 ==|
    // service range                    |== 10.43.0.0/16 ==|
    ['10.42.0.0/16', '10.43.0.0/16', false, false],
    // two pools     |== .10-.19 ==|              |== .40-.49 ==|
    // DHCP                        |== .20-.39 ==|
    ['10.0.0.10-10.0.0.19, 10.0.0.40-10.0.0.49', '10.0.0.20-10.0.0.39', false, false],
    // DHCP one larger              |=== .20-.40 ===|
    ['10.0.0.10-10.0.0.19, 10.0.0.40-10.0.0.49', '10.0.0.20-10.0.0.40', true, false],
    // anyone        |==== 0.0.0.0/0 ====|  |==== ::/0 ====|
    // an overlay                             |= fd00::/8 =|
    ['0.0.0.0/0, ::/0', 'fd00::/8', true, true],
    ['0.0.0.0/0', 'fd00::/8', false, false],
  ])('%s and %s: overlap %s, first contains second %s', (a, b, overlaps, contains) => {
    expect(AddressSet.parse(a).overlaps(AddressSet.parse(b))).toBe(overlaps);
    expect(AddressSet.parse(b).overlaps(AddressSet.parse(a))).toBe(overlaps);
    expect(AddressSet.parse(a).contains(AddressSet.parse(b))).toBe(contains);
  });
});

describe('printing', () => {
  test.each([
    ['10.0.0.0/25, 10.0.0.128/25', '10.0.0.0/24'],
    ['10.0.0.5/32', '10.0.0.5'],
    ['fd00::/8, 10.0.0.1-10.0.0.6, 9.9.9.9', '9.9.9.9, 10.0.0.1-10.0.0.6, fd00::/8'],
    ['::/0,0.0.0.0/0', '0.0.0.0/0, ::/0'],
    ['∅', '∅'],
  ])('%s is %s', (text, printed) => {
    expect(AddressSet.parse(text).toString()).toBe(printed);
    expect(JSON.stringify(AddressSet.parse(text))).toBe(JSON.stringify(printed));
  });

  test('everything is both families', () => {
    expect(AddressSet.everything.toString()).toBe('0.0.0.0/0, ::/0');
    expect(AddressSet.all4.union(AddressSet.all6)).toEqual(AddressSet.everything);
    expect(AddressSet.everything.size).toBe((1n << 32n) + (1n << 128n));
  });
});

describe('reading', () => {
  test('a list and one text with commas are the same', () => {
    expect(AddressSet.parse('10.0.0.1, 10.0.0.0/30 ,10.0.0.8-10.0.0.9')).toEqual(
      set('10.0.0.1', '10.0.0.0/30', '10.0.0.8-10.0.0.9'),
    );
    expect(AddressSet.parse([])).toEqual(AddressSet.empty);
  });

  test.each([
    ['', '"" names no address'],
    ['10.0.0.1,', '"10.0.0.1," has nothing between two commas'],
    ['10.0.0.1, 10.0.0.7/24', '"10.0.0.7/24" has host bits set; write 10.0.0.0/24'],
  ])('refuses %j', (text, message) => {
    expect(() => AddressSet.parse(text)).toThrow(message);
  });
});

describe('blocks', () => {
  test('only whole aligned ones', () => {
    expect([...set('10.0.0.128-10.0.3.5').blocks(24)].map(String)).toEqual(['10.0.1.0/24', '10.0.2.0/24']);
    expect([...set('10.0.0.1-10.0.0.254').blocks(24)]).toEqual([]);
    expect([...set('255.255.254.0/23').blocks(24)].map(String)).toEqual(['255.255.254.0/24', '255.255.255.0/24']);
  });

  test('a length that IPv4 does not have gives IPv6 blocks alone', () => {
    expect([...set('10.0.0.0/8', 'fd00::/63').blocks(64)].map(String)).toEqual(['fd00::/64', 'fd00:0:0:1::/64']);
  });

  test('are made one by one: the first of 2^128 comes at once', () => {
    const [first] = AddressSet.all6.blocks(128);
    expect(first?.toString()).toBe('::/128');
  });

  test('together they are the part of the set that such blocks can cover', () => {
    fc.assert(
      fc.property(anySet, fc.integer({ min: 28, max: 32 }), (a, length) => {
        const ipv4 = a.family(4);
        const blocks = [...ipv4.blocks(length)];
        const expected = [...Prefix.parse('255.255.255.224/27').subnets(length)].filter((each) => ipv4.contains(each));
        expect(blocks).toEqual(expected);
      }),
    );
  });
});

describe('the rest', () => {
  test('hostsOf leaves network and broadcast address out where there are any', () => {
    expect(AddressSet.hostsOf(Prefix.parse('10.0.0.0/29')).toString()).toBe('10.0.0.1-10.0.0.6');
    expect(AddressSet.hostsOf(Prefix.parse('10.0.0.0/31')).toString()).toBe('10.0.0.0/31');
    expect(AddressSet.hostsOf(Prefix.parse('10.0.0.1/32')).toString()).toBe('10.0.0.1');
    expect(AddressSet.hostsOf(Prefix.parse('fd00::/64')).toString()).toBe('fd00::/64');
  });

  test('families', () => {
    expect(set('fd00::1').families()).toEqual([6]);
    expect(set('fd00::1', '10.0.0.1').families()).toEqual([4, 6]);
    expect(AddressSet.empty.families()).toEqual([]);
    expect(set('fd00::1', '10.0.0.1').family(6).toString()).toBe('fd00::1');
  });

  test('no operation changes its operands', () => {
    const a = set('10.0.0.0/24');
    const before = a.toString();
    const items: AddressItem[] = [address('10.0.0.7'), Prefix.parse('10.0.1.0/24'), Range.parse('10.0.0.1-10.0.0.9')];
    for (const item of items) [a.union(item), a.difference(item), a.intersection(item)].forEach(String);
    expect(a.toString()).toBe(before);
  });
});

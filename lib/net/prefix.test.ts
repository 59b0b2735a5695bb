import fc from 'fast-check';
import { Address4, Address6 } from 'ip-address';
import { Address } from './address';
import { AddressError } from './error';
import { Prefix } from './prefix';

const anyBlock4 = fc.tuple(fc.bigInt({ min: 0n, max: (1n << 32n) - 1n }), fc.integer({ min: 0, max: 32 }));
const anyBlock6 = fc.tuple(fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), fc.integer({ min: 0, max: 128 }));
const prefix = (text: string) => Prefix.parse(text);

function refusal(text: string): AddressError {
  try {
    Prefix.parse(text);
  } catch (error) {
    if (error instanceof AddressError) return error;
  }
  throw new Error(`${text} was not refused`);
}

describe('against ip-address', () => {
  test('IPv4 bounds, print and containment', () => {
    fc.assert(
      fc.property(anyBlock4, anyBlock4, ([value, length], [other]) => {
        const oracle = new Address4(`${Address4.fromBigInt(value).correctForm()}/${length}`);
        const block = Prefix.containing(Address.of(4, value), length);
        expect(block.first.toString()).toBe(oracle.startAddress().correctForm());
        expect(block.last.toString()).toBe(oracle.endAddress().correctForm());
        expect(prefix(`${oracle.startAddress().correctForm()}/${length}`)).toEqual(block);
        expect(prefix(block.toString())).toEqual(block);
        const inside = Address4.fromBigInt(other).isInSubnet(oracle);
        expect(block.contains(Address.of(4, other))).toBe(inside);
      }),
    );
  });

  test('IPv6 bounds, print and containment', () => {
    fc.assert(
      fc.property(anyBlock6, anyBlock6, ([value, length], [other]) => {
        const oracle = new Address6(`${Address6.fromBigInt(value).correctForm()}/${length}`);
        const block = Prefix.containing(Address.of(6, value), length);
        expect(block.first.value).toBe(oracle.startAddress().bigInt());
        expect(block.last.value).toBe(oracle.endAddress().bigInt());
        expect(prefix(block.toString())).toEqual(block);
        expect(block.contains(Address.of(6, other))).toBe(Address6.fromBigInt(other).isInSubnet(oracle));
      }),
    );
  });
});

describe('refusals carry the prefix that would be right', () => {
  test.each([
    ['192.168.10.5/24', 'has host bits set', '192.168.10.0/24'],
    ['2001:db8::1/64', 'has host bits set', '2001:db8::/64'],
    ['10.0.0.0/33', 'has the prefix length 33, and 32 is the longest', undefined],
    ['10.0.0.5/33', 'has the prefix length 33, and 32 is the longest', '10.0.0.5/32'],
    ['fd00::/129', 'has the prefix length 129, and 128 is the longest', undefined],
    ['10.0.0.0/1000', 'has the prefix length 1000, and 32 is the longest', undefined],
    ['10.0.0.0', 'has no prefix length', undefined],
    ['fd00::', 'has no prefix length', undefined],
    ['10.0.0.1', 'has no prefix length', '10.0.0.1/32'],
    ['fd00::1', 'has no prefix length', 'fd00::1/128'],
    ['10.0.0.0/08', 'has a zero-padded prefix length', '10.0.0.0/8'],
    ['192.168.010.0/24', 'has a zero-padded octet', '192.168.10.0/24'],
    ['192.168.010.7/24', 'has a zero-padded octet', '192.168.10.0/24'],
    ['192.168.010.0', 'has a zero-padded octet', undefined],
    ['10.0.0.0/255.255.255.0', 'has a netmask for a prefix length', '10.0.0.0/24'],
    ['10.0.0.0/0.0.0.0', 'has a netmask for a prefix length', '0.0.0.0/0'],
    ['10.0.0.0/255.0.255.0', 'has the prefix length "255.0.255.0", which is not a number', undefined],
    ['10.0.0.0 / 24', 'has white space in it', '10.0.0.0/24'],
    ['10.0.0.5/24 ', 'has white space in it', '10.0.0.0/24'],
    ['fe80::1%eth0/64', 'has a zone id', 'fe80::/64'],
    ['10.0.0.0/', 'has the prefix length "", which is not a number', undefined],
    ['10.0.0.0/-1', 'has the prefix length "-1", which is not a number', undefined],
    ['10.0.0.0/8/8', 'has more than one slash', undefined],
    ['10.0.0.256/24', 'has the octet 256, and an octet is at most 255', undefined],
    ['/24', 'is empty where an address should stand', undefined],
    ['', 'is empty where an address should stand', undefined],
  ])('%j', (text, problem, suggestion) => {
    expect(refusal(text)).toMatchObject({ text, problem });
    expect(refusal(text).suggestion).toBe(suggestion);
  });

  test('host bits in of() too, where containing() masks them', () => {
    const address = Address.parse('10.42.3.7');
    expect(() => Prefix.of(address, 24)).toThrow('"10.42.3.7/24" has host bits set; write 10.42.3.0/24');
    expect(Prefix.containing(address, 24).toString()).toBe('10.42.3.0/24');
    expect(Prefix.of(address, 32).contains(address)).toBe(true);
    expect(() => Prefix.of(address, 33)).toThrow(RangeError);
    expect(() => Prefix.containing(address, 1.5)).toThrow(RangeError);
  });
});

describe('two prefixes are apart or one holds the other', () => {
  test.each([
    // |----------- 10.0.0.0/23 -----------|
    // |-- 10.0.0.0/24 --|
    ['10.0.0.0/23', '10.0.0.0/24', true, true],
    //                   |-- 10.0.1.0/24 --|
    ['10.0.0.0/23', '10.0.1.0/24', true, true],
    // |-- 10.0.0.0/24 --|
    // |----------- 10.0.0.0/23 -----------|
    ['10.0.0.0/24', '10.0.0.0/23', true, false],
    // |-- 10.0.0.0/24 --|-- 10.0.1.0/24 --|
    ['10.0.0.0/24', '10.0.1.0/24', false, false],
    // |-- 10.0.0.0/24 --| and the same
    ['10.0.0.0/24', '10.0.0.0/24', true, true],
    // |--------------------- 0.0.0.0/0 ---------------------|   of another family
    ['::/0', '10.0.0.0/24', false, false],
    ['0.0.0.0/0', '::/0', false, false],
  ])('%s and %s: overlaps %s, contains %s', (a, b, overlaps, contains) => {
    expect(prefix(a).overlaps(prefix(b))).toBe(overlaps);
    expect(prefix(b).overlaps(prefix(a))).toBe(overlaps);
    expect(prefix(a).contains(prefix(b))).toBe(contains);
  });
});

describe('network, broadcast, hosts', () => {
  test.each([
    ['10.0.0.0/24', '10.0.0.255', '10.0.0.1', '10.0.0.254'],
    ['10.0.0.4/30', '10.0.0.7', '10.0.0.5', '10.0.0.6'],
    ['10.0.0.4/31', undefined, '10.0.0.4', '10.0.0.5'],
    ['10.0.0.4/32', undefined, '10.0.0.4', '10.0.0.4'],
    ['fd00::/64', undefined, 'fd00::', 'fd00::ffff:ffff:ffff:ffff'],
  ])('%s', (text, broadcast, firstHost, lastHost) => {
    expect(prefix(text).broadcast?.toString()).toBe(broadcast);
    expect(prefix(text).firstHost.toString()).toBe(firstHost);
    expect(prefix(text).lastHost.toString()).toBe(lastHost);
  });

  test('sizes are exact', () => {
    expect(prefix('0.0.0.0/0').size).toBe(4294967296n);
    expect(prefix('::/0').size).toBe(340282366920938463463374607431768211456n);
    expect(prefix('::1/128').size).toBe(1n);
  });
});

describe('subnets', () => {
  test('all of them, in order, without gap', () => {
    expect([...prefix('10.42.0.0/22').subnets(24)].map(String)).toEqual([
      '10.42.0.0/24',
      '10.42.1.0/24',
      '10.42.2.0/24',
      '10.42.3.0/24',
    ]);
    expect([...prefix('10.42.0.0/24').subnets(24)].map(String)).toEqual(['10.42.0.0/24']);
    expect([...prefix('255.255.255.254/31').subnets(32)].map(String)).toEqual([
      '255.255.255.254/32',
      '255.255.255.255/32',
    ]);
  });

  test('are made one by one: the first of 2^64 comes at once', () => {
    const [first] = prefix('fd00::/64').subnets(128);
    expect(first?.toString()).toBe('fd00::/128');
  });

  test('a shorter length is refused before the first is asked for', () => {
    expect(() => prefix('10.42.0.0/24').subnets(16)).toThrow('10.42.0.0/24 has no subnets of length /16');
    expect(() => prefix('10.42.0.0/24').subnets(33)).toThrow(RangeError);
  });
});

test('order: IPv4 first, then by address, then the larger block', () => {
  const sorted = ['9.0.0.0/8', '10.0.0.0/8', '10.0.0.0/24', '10.0.1.0/24', '::/0', 'fd00::/8'];
  const shuffled = ['::/0', '10.0.0.0/24', 'fd00::/8', '10.0.1.0/24', '9.0.0.0/8', '10.0.0.0/8'].map(prefix);
  expect(shuffled.sort((a, b) => a.compare(b)).map(String)).toEqual(sorted);
});

import fc from 'fast-check';
import { Address } from './address';
import { AddressError } from './error';
import { Prefix } from './prefix';
import { parsePrefix, Range } from './range';

const range = (text: string) => Range.parse(text);
const HIGHEST = (1n << 32n) - 1n;
const anyRange = fc
  .tuple(
    fc.bigInt({ min: 0n, max: HIGHEST }),
    fc.oneof(fc.bigInt({ min: 0n, max: 70n }), fc.bigInt({ min: 0n, max: HIGHEST })),
  )
  .map(([from, more]) => {
    const last = from + more > HIGHEST ? HIGHEST : from + more;
    return Range.of(Address.of(4, from), Address.of(4, last));
  });

function refusal(text: string): AddressError {
  try {
    Range.parse(text);
  } catch (error) {
    if (error instanceof AddressError) return error;
  }
  throw new Error(`${text} was not refused`);
}

describe('reading and printing', () => {
  test.each([
    ['192.168.1.230-192.168.1.239', '192.168.1.230-192.168.1.239', 10n],
    ['192.168.1.230', '192.168.1.230', 1n],
    ['192.168.1.230-192.168.1.230', '192.168.1.230', 1n],
    ['10.0.0.0/30', '10.0.0.0-10.0.0.3', 4n],
    ['fd00::1-FD00::000f', 'fd00::1-fd00::f', 15n],
    ['0.0.0.0/0', '0.0.0.0-255.255.255.255', 1n << 32n],
  ])('%s', (text, printed, size) => {
    expect(range(text).toString()).toBe(printed);
    expect(range(text).size).toBe(size);
    expect(range(printed)).toEqual(range(text));
  });

  test.each([
    ['10.0.0.9-10.0.0.1', 'is reversed', '10.0.0.1-10.0.0.9'],
    ['10.0.0.1-fd00::1', 'mixes IPv4 and IPv6', undefined],
    ['10.0.0.1–10.0.0.9', 'has a dash that is not a hyphen', '10.0.0.1-10.0.0.9'],
    ['10.0.0.9 — 10.0.0.1', 'has a dash that is not a hyphen', '10.0.0.1-10.0.0.9'],
    ['10.0.0.1 - 10.0.0.9', 'has white space in it', '10.0.0.1-10.0.0.9'],
    ['10.0.0.1-10.0.0.9 ', 'has white space in it', '10.0.0.1-10.0.0.9'],
    [' 10.0.0.7/24', 'has white space in it', '10.0.0.0/24'],
    ['10.0.0.10-20', 'has only the last octet of its end', '10.0.0.10-10.0.0.20'],
    ['10.0.0.20-10', 'has only the last octet of its end', '10.0.0.10-10.0.0.20'],
    ['10.0.0.10-300', 'has only the last octet of its end', undefined],
    ['10.0.0.01-10.0.0.9', 'holds "10.0.0.01", which has a zero-padded octet', '10.0.0.1-10.0.0.9'],
    ['10.0.0.1-10.0.0.009', 'holds "10.0.0.009", which has a zero-padded octet', '10.0.0.1-10.0.0.9'],
    ['10.0.0.1-10.0.0.256', 'holds "10.0.0.256", which has the octet 256, and an octet is at most 255', undefined],
    ['10.0.0.1-', 'holds "", which is empty where an address should stand', undefined],
    ['fd00::1-5', 'holds "5", which is not an IPv4 or IPv6 address', undefined],
    ['10.0.0.7/24', 'has host bits set', '10.0.0.0/24'],
    ['10.0.0.01', 'has a zero-padded octet', '10.0.0.1'],
    ['office', 'is not an IPv4 or IPv6 address', undefined],
  ])('refuses %j', (text, problem, suggestion) => {
    expect(refusal(text)).toMatchObject({ text, problem });
    expect(refusal(text).suggestion).toBe(suggestion);
  });

  test('of() refuses the same', () => {
    const [low, high] = [Address.parse('10.0.0.1'), Address.parse('10.0.0.9')];
    expect(() => Range.of(high, low)).toThrow('"10.0.0.9-10.0.0.1" is reversed; write 10.0.0.1-10.0.0.9');
  });
});

describe('cover by prefixes', () => {
  test.each([
    ['192.168.1.230-192.168.1.239', ['192.168.1.230/31', '192.168.1.232/29']],
    ['10.0.0.1-10.0.0.6', ['10.0.0.1/32', '10.0.0.2/31', '10.0.0.4/31', '10.0.0.6/32']],
    ['10.0.0.0/8', ['10.0.0.0/8']],
    ['0.0.0.0-255.255.255.255', ['0.0.0.0/0']],
    ['::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', ['::/0']],
    ['255.255.255.255', ['255.255.255.255/32']],
    ['::-::2', ['::/127', '::2/128']],
  ])('%s', (text, prefixes) => {
    expect(range(text).prefixes().map(String)).toEqual(prefixes);
  });

  test('is exact: the prefixes follow on one another from first to last', () => {
    fc.assert(
      fc.property(anyRange, (any) => {
        let expected = any.first.value;
        for (const each of any.prefixes()) {
          expect(each.first.value).toBe(expected);
          expected = each.last.value + 1n;
        }
        expect(expected).toBe(any.last.value + 1n);
      }),
    );
  });

  test('is minimal: no prefix could be one bit larger', () => {
    fc.assert(
      fc.property(anyRange, (any) => {
        for (const each of any.prefixes()) {
          if (each.length === 0) continue;
          const larger = Prefix.containing(each.address, each.length - 1);
          expect(any.contains(larger.first) && any.contains(larger.last)).toBe(false);
        }
      }),
    );
  });

  test('asPrefix is the cover where that is a single prefix', () => {
    fc.assert(
      fc.property(anyRange, (any) => {
        const cover = any.prefixes();
        expect(any.asPrefix()).toEqual(cover.length === 1 ? cover[0] : undefined);
      }),
    );
    expect(range('10.0.0.0/24').asPrefix()?.toString()).toBe('10.0.0.0/24');
    expect(range('10.0.0.1-10.0.0.2').asPrefix()).toBeUndefined();
  });
});

describe('two ranges', () => {
  test.each([
    // .1 .2 .3 .4 .5 .6 .7
    // |-----|
    //             |-----|      apart
    ['10.0.0.1-10.0.0.3', '10.0.0.5-10.0.0.7', false],
    // |-----|
    //          |--------|      touching
    ['10.0.0.1-10.0.0.3', '10.0.0.4-10.0.0.7', false],
    // |-----|
    //       |-----------|      sharing one
    ['10.0.0.1-10.0.0.3', '10.0.0.3-10.0.0.7', true],
    // |-----------------|
    //       |--|               one inside the other
    ['10.0.0.1-10.0.0.7', '10.0.0.3-10.0.0.4', true],
    // 10.0.0.1 and ::a00:1     of the same value, of another family
    ['10.0.0.1', '::a00:1', false],
  ])('%s and %s overlap: %s', (a, b, expected) => {
    expect(range(a).overlaps(range(b))).toBe(expected);
    expect(range(b).overlaps(range(a))).toBe(expected);
  });

  test('contains both its ends and nothing beyond', () => {
    const pool = range('10.0.0.5-10.0.0.9');
    const inside = ['10.0.0.4', '10.0.0.5', '10.0.0.9', '10.0.0.10', '::a00:5'].map((text) =>
      pool.contains(Address.parse(text)),
    );
    expect(inside).toEqual([false, true, true, false, false]);
  });
});

describe('a prefix for which a range may stand', () => {
  test('a prefix is read as one, and what is neither is refused as no prefix', () => {
    expect(parsePrefix('10.0.0.0/8')).toEqual(Prefix.parse('10.0.0.0/8'));
    expect(() => parsePrefix('10.0.0.1-x')).toThrow('is not an IPv4 or IPv6 address');
  });

  test('a range is refused with what it is made of', () => {
    expect(() => parsePrefix('192.168.1.224-192.168.1.231')).toThrow(
      'is a range, where a prefix must stand; write 192.168.1.224/29',
    );
    expect(() => parsePrefix('192.168.1.230-192.168.1.232')).toThrow(
      'is a range, of the prefixes 192.168.1.230/31, 192.168.1.232/32, where a prefix must stand',
    );
  });
});

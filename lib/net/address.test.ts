import fc from 'fast-check';
import { Address4, Address6 } from 'ip-address';
import { Address } from './address';
import { AddressError } from './error';

const ipv4 = fc.bigInt({ min: 0n, max: (1n << 32n) - 1n });
/** Values with runs of zero groups, which is where printing can go wrong. */
const ipv6 = fc
  .array(fc.oneof(fc.constant(0n), fc.constant(1n), fc.bigInt({ min: 0n, max: 0xffffn })), {
    minLength: 8,
    maxLength: 8,
  })
  .map((groups) => groups.reduce((value, group) => (value << 16n) | group, 0n));

function refusal(text: string): AddressError {
  try {
    Address.parse(text);
  } catch (error) {
    if (error instanceof AddressError) return error;
  }
  throw new Error(`${text} was not refused`);
}

describe('IPv4', () => {
  test('reads and prints as ip-address does', () => {
    fc.assert(
      fc.property(ipv4, (value) => {
        const text = Address4.fromBigInt(value).correctForm();
        expect(Address.parse(text)).toMatchObject({ family: 4, value });
        expect(Address.of(4, value).toString()).toBe(text);
      }),
    );
  });

  test.each([
    ['192.168.010.1', 'has a zero-padded octet', '192.168.10.1'],
    ['00.0.0.0', 'has a zero-padded octet', '0.0.0.0'],
    ['10.0.0.256', 'has the octet 256, and an octet is at most 255', undefined],
    ['999.999.999.999', 'has the octet 999, and an octet is at most 255', undefined],
    ['10.0.0', 'has 3 octets where IPv4 has 4', undefined],
    ['10.0.0.0.1', 'has 5 octets where IPv4 has 4', undefined],
    [' 10.0.0.1', 'has white space around it', '10.0.0.1'],
    ['10.0.0.01\n', 'has white space around it', '10.0.0.1'],
    ['10.0.0.1/24', 'is a prefix, not an address', '10.0.0.1'],
    ['10.0.0.1:80', 'has a port', '10.0.0.1'],
    ['', 'is empty where an address should stand', undefined],
    ['10.0.0.', 'is not an IPv4 or IPv6 address', undefined],
    ['10..0.1', 'is not an IPv4 or IPv6 address', undefined],
    ['0x0a.0.0.1', 'is not an IPv4 or IPv6 address', undefined],
    ['-1.0.0.1', 'is not an IPv4 or IPv6 address', undefined],
    ['١.٢.٣.٤', 'is not an IPv4 or IPv6 address', undefined],
    ['167772161', 'is not an IPv4 or IPv6 address', undefined],
    ['router', 'is not an IPv4 or IPv6 address', undefined],
  ])('refuses %j', (text, problem, suggestion) => {
    expect(refusal(text)).toMatchObject({ text, problem });
    expect(refusal(text).suggestion).toBe(suggestion);
    expect(Address.isAddress(text)).toBe(false);
  });
});

describe('IPv6', () => {
  test('reads every spelling of ip-address, and prints its canonical one', () => {
    fc.assert(
      fc.property(ipv6, (value) => {
        const oracle = Address6.fromBigInt(value);
        for (const text of [oracle.correctForm(), oracle.canonicalForm(), oracle.canonicalForm().toUpperCase()]) {
          expect(Address.parse(text)).toMatchObject({ family: 6, value });
        }
        if (value >> 32n !== 0xffffn) expect(Address.of(6, value).toString()).toBe(oracle.correctForm());
      }),
    );
  });

  test('what is printed is read back', () => {
    fc.assert(
      fc.property(ipv6, (value) => {
        expect(Address.parse(Address.of(6, value).toString()).value).toBe(value);
      }),
    );
  });

  test.each([
    ['::', '::'],
    ['::1', '::1'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['2001:DB8::00A0', '2001:db8::a0'],
    // The first of the longest runs, and never a run of one.
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1::1', '2001:0:0:1::1'],
    ['fe80:0:0:0:0:0:0:0', 'fe80::'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['::ffff:c000:201', '::ffff:192.0.2.1'],
  ])('reads %s as %s', (text, canonical) => {
    expect(Address.parse(text).toString()).toBe(canonical);
  });

  test('an IPv4-mapped address stays IPv6', () => {
    expect(Address.parse('::ffff:10.0.0.1').family).toBe(6);
    expect(Address.parse('::ffff:10.0.0.1').equals(Address.parse('10.0.0.1'))).toBe(false);
  });

  test.each([
    ['fe80::1%eth0', 'has a zone id', 'fe80::1'],
    ['[2001:db8::1]', 'has brackets around it', '2001:db8::1'],
    ['2001:db8::/32', 'is a prefix, not an address', '2001:db8::'],
    ['1::2::3', 'has "::" more than once', undefined],
    ['2001:db8::12345', 'has the group 12345, and a group is at most four digits', undefined],
    ['1:2:3:4:5:6:7', 'is not an IPv6 address', undefined],
    ['1:2:3:4:5:6:7:8:9', 'is not an IPv6 address', undefined],
    ['1:2:3:4::5:6:7:8', 'is not an IPv6 address', undefined],
    [':::', 'is not an IPv6 address', undefined],
    [':1:2:3:4:5:6:7', 'is not an IPv6 address', undefined],
    ['10.0.0.1::', 'is not an IPv6 address', undefined],
    ['::10.0.0.01', 'is not an IPv6 address', undefined],
    ['::10.0.0.1:1', 'is not an IPv6 address', undefined],
    ['g::', 'is not an IPv6 address', undefined],
  ])('refuses %j', (text, problem, suggestion) => {
    expect(refusal(text)).toMatchObject({ text, problem });
    expect(refusal(text).suggestion).toBe(suggestion);
  });
});

test('no other text is taken for an address that ip-address would not take', () => {
  const soup = fc.string({ unit: fc.constantFrom(...'0123456789abf.:/% '), maxLength: 20 });
  fc.assert(
    fc.property(soup, (text) => {
      if (!Address.isAddress(text)) return;
      const oracle = text.includes(':') ? new Address6(text) : new Address4(text);
      expect(Address.parse(text).value).toBe(oracle.bigInt());
    }),
    { numRuns: 2000 },
  );
});

test('every suggestion is an address', () => {
  const mangled = fc
    .tuple(
      fc.constantFrom('10.0.0.1', '192.168.1.20', 'fd00::1'),
      fc.constantFrom(' ', '%eth0', '/24', ':80', '0'),
      fc.nat(12),
    )
    .map(([text, noise, at]) => text.slice(0, at) + noise + text.slice(at));
  fc.assert(
    fc.property(mangled, (text) => {
      if (Address.isAddress(text)) return;
      const { suggestion } = refusal(text);
      if (suggestion !== undefined) expect(Address.isAddress(suggestion)).toBe(true);
    }),
  );
});

describe('order and arithmetic', () => {
  test('IPv4 stands before IPv6, then the lower value', () => {
    const sorted = ['9.255.255.255', '10.0.0.2', '10.0.0.10', '::', 'fd00::1'];
    const shuffled = ['fd00::1', '10.0.0.10', '::', '9.255.255.255', '10.0.0.2'].map((text) => Address.parse(text));
    expect(shuffled.sort((a, b) => a.compare(b)).map(String)).toEqual(sorted);
  });

  test('next carries into the octet before', () => {
    expect(Address.parse('10.0.255.255').next().toString()).toBe('10.1.0.0');
    expect(Address.parse('fd00::ffff').next().toString()).toBe('fd00::1:0');
  });

  test('plus takes number and bigint, forth and back', () => {
    expect(Address.parse('10.0.0.1').plus(300).toString()).toBe('10.0.1.45');
    expect(Address.parse('10.0.1.45').plus(-300n).toString()).toBe('10.0.0.1');
    expect(
      Address.parse('::')
        .plus(1n << 64n)
        .toString(),
    ).toBe('0:0:0:1::');
  });

  test('nothing lies outside the family', () => {
    expect(() => Address.parse('255.255.255.255').next()).toThrow('"255.255.255.255" plus 1 lies outside IPv4');
    expect(() => Address.parse('::').plus(-1)).toThrow(AddressError);
    expect(() => Address.of(4, 1n << 32n)).toThrow(RangeError);
    expect(() => Address.of(6, -1n)).toThrow(RangeError);
  });

  test('equal addresses are deeply equal, however they were made', () => {
    expect(Address.parse('10.0.0.1')).toEqual(Address.of(4, 0x0a000001n));
    expect(Address.parse('10.0.0.1')).not.toEqual(Address.parse('10.0.0.2'));
    expect(JSON.stringify({ at: Address.parse('FD00::1') })).toBe('{"at":"fd00::1"}');
  });
});

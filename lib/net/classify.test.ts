import { Address4 } from 'ip-address';
import fc from 'fast-check';
import { Address } from './address';
import { classify } from './classify';

describe('classify', () => {
  test.each([
    ['178.104.247.152', 'public'],
    ['10.42.0.1', 'private'],
    ['172.15.255.255', 'public'],
    ['172.16.0.0', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.0', 'public'],
    ['192.168.1.1', 'private'],
    ['100.63.255.255', 'public'],
    ['100.64.0.1', 'shared'],
    ['100.127.255.255', 'shared'],
    ['127.0.0.53', 'loopback'],
    ['169.254.169.254', 'link-local'],
    ['192.0.2.1', 'documentation'],
    ['198.51.100.1', 'documentation'],
    ['203.0.113.255', 'documentation'],
    ['198.19.255.255', 'benchmarking'],
    ['224.0.0.251', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'reserved'],
    ['0.0.0.0', 'unspecified'],
    ['0.0.0.1', 'reserved'],
    ['192.0.0.8', 'reserved'],
    ['192.0.0.9', 'public'],
    ['2606:4700::1', 'public'],
    ['2a01:4f8::1', 'public'],
    ['fd7a:115c:a1e0::1', 'unique-local'],
    ['fc00::1', 'unique-local'],
    ['fe80::1', 'link-local'],
    ['fec0::1', 'reserved'],
    ['ff02::1', 'multicast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::2', 'reserved'],
    ['::ffff:10.0.0.1', 'reserved'],
    ['64:ff9b::1.2.3.4', 'public'],
    ['64:ff9b:1::1', 'reserved'],
    ['100::1', 'reserved'],
    ['2001:db8::1', 'documentation'],
    ['3fff::1', 'documentation'],
    ['2001:2::1', 'benchmarking'],
    ['2001::1', 'reserved'],
    ['2001:200::1', 'public'],
    ['2002::1', 'reserved'],
    ['5f00::1', 'reserved'],
  ])('%s is %s', (text, kind) => {
    expect(classify(Address.parse(text))).toBe(kind);
  });

  test('agrees with ip-address on IPv4', () => {
    const blocks = fc.constantFrom(0n, 10n, 100n, 127n, 169n, 172n, 192n, 198n, 203n, 224n, 240n, 255n, 8n);
    fc.assert(
      fc.property(blocks, fc.bigInt({ min: 0n, max: (1n << 24n) - 1n }), (octet, rest) => {
        const value = (octet << 24n) | rest;
        const oracle = Address4.fromBigInt(value);
        const kind = classify(Address.of(4, value));
        expect(kind === 'private').toBe(oracle.isPrivate());
        expect(kind === 'shared').toBe(oracle.isCGNAT());
        expect(kind === 'loopback').toBe(oracle.isLoopback());
        expect(kind === 'link-local').toBe(oracle.isLinkLocal());
        expect(kind === 'multicast').toBe(oracle.isMulticast());
        expect(kind === 'documentation').toBe(oracle.isDocumentation());
        expect(kind === 'benchmarking').toBe(oracle.isBenchmarking());
      }),
      { numRuns: 1000 },
    );
  });
});

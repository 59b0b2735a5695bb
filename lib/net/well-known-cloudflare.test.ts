import { AddressSet } from './address-set';
import { classify } from './classify';
import {
  CLOUDFLARE_IPV4,
  CLOUDFLARE_IPV6,
  CLOUDFLARE_RANGES,
  CLOUDFLARE_RANGES_AS_OF,
  comparePublished,
} from './well-known-cloudflare';

const published4 = CLOUDFLARE_IPV4.join('\n');
const published6 = CLOUDFLARE_IPV6.join('\n');

describe('the ranges', () => {
  test('are 15 and 7, public, and overlap nowhere', () => {
    expect([CLOUDFLARE_IPV4.length, CLOUDFLARE_IPV6.length]).toEqual([15, 7]);
    const prefixes = [...CLOUDFLARE_IPV4, ...CLOUDFLARE_IPV6];
    expect(prefixes.flatMap(({ first, last }) => [classify(first), classify(last)])).toEqual(
      prefixes.flatMap(() => ['public', 'public']),
    );
    expect(CLOUDFLARE_RANGES.size).toBe(prefixes.reduce((sum, each) => sum + each.size, 0n));
  });

  test('are printed back as they are published, in order', () => {
    expect(CLOUDFLARE_RANGES.prefixes()).toEqual([...CLOUDFLARE_IPV4, ...CLOUDFLARE_IPV6]);
  });

  test('are dated', () => {
    expect(CLOUDFLARE_RANGES_AS_OF).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});

describe('comparePublished', () => {
  test('the same list differs in nothing, whatever its order, blank lines and comments', () => {
    const text = `# read today\r\n\r\n${[...CLOUDFLARE_IPV6, ...CLOUDFLARE_IPV4].join('  # proxy\r\n')}\n\n`;
    expect(comparePublished(text)).toEqual({ missing: AddressSet.empty, extra: AddressSet.empty });
  });

  test('names what is missing here and what is no longer published', () => {
    const text = published4.replace('131.0.72.0/22', '198.51.100.0/24');
    const { missing, extra } = comparePublished(`${text}\n${published6}`);
    expect(missing.toString()).toBe('198.51.100.0/24');
    expect(extra.toString()).toBe('131.0.72.0/22');
  });

  test('a list of one family says nothing about the other', () => {
    expect(comparePublished(published4).extra).toEqual(AddressSet.empty);
    expect(comparePublished(published6.replace('2606:4700::/32\n', '')).extra.toString()).toBe('2606:4700::/32');
  });

  test('the two lists joined without a line break are refused, by line', () => {
    expect(() => comparePublished(`${published4}${published6}`)).toThrow('on line 15 has more than one slash');
  });

  test('an error page or an empty file is not a list', () => {
    expect(() => comparePublished('<html>')).toThrow('"<html>" on line 1 is not an IPv4 or IPv6 address');
    expect(() => comparePublished('\n# none\n')).toThrow('holds no prefix');
  });
});

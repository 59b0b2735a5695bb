import { Address6 } from 'ip-address';
import { SPECIAL_PURPOSE } from './well-known-special';

describe('special-purpose registry', () => {
  test('no prefix stands twice, so that the longest decides', () => {
    const texts = SPECIAL_PURPOSE.map(({ prefix }) => prefix.toString());
    expect(new Set(texts).size).toBe(texts.length);
  });

  test('every row names an RFC', () => {
    expect(SPECIAL_PURPOSE.filter(({ source }) => !/\bRFC \d+/.test(source))).toEqual([]);
  });

  test('ip-address agrees on the IPv6 kinds it knows', () => {
    for (const { prefix, kind } of SPECIAL_PURPOSE.filter((each) => each.prefix.family === 6)) {
      const first = new Address6(prefix.first.toString());
      if (kind === 'multicast') expect(first.isMulticast()).toBe(true);
      if (kind === 'loopback') expect(first.isLoopback()).toBe(true);
      if (kind === 'link-local') expect(first.isLinkLocal()).toBe(true);
    }
  });
});

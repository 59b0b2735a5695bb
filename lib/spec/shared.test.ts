import { z } from 'zod';
import { shared } from './shared';

test('what is asked for twice is the same schema', () => {
  const word = shared(() => z.string());
  expect(word()).toBe(word());
});

test('other arguments give another schema', () => {
  const short = shared((longest: number) => z.string().max(longest));
  expect(short(1)).toBe(short(1));
  expect(short(2).safeParse('ab').success).toBe(true);
  expect(short(1).safeParse('ab').success).toBe(false);
});

import { Memory } from './memory';

test('what is kept is recalled by its text', () => {
  const memory = new Memory<number[]>(2);
  const kept = memory.keep('a', [1]);
  expect(memory.recall('a')).toBe(kept);
  expect(memory.recall('b')).toBeUndefined();
});

test('everything is forgotten before there is more than is allowed', () => {
  const memory = new Memory<number>(2);
  for (const [i, text] of ['a', 'b', 'c'].entries()) memory.keep(text, i);
  expect(['a', 'b', 'c'].map((text) => memory.recall(text))).toEqual([undefined, undefined, 2]);
});

import { commentOf } from './comment';

test('reasons are joined', () => {
  expect(commentOf(['one', 'two'], 128)).toBe('one; two');
});

test('a long comment is cut at a word, and counted in bytes', () => {
  expect(commentOf(['alpha beta gamma'], 15)).toBe('alpha beta …');
  expect(Buffer.byteLength(commentOf(['ä'.repeat(30), 'ö'.repeat(60)], 128))).toBeLessThanOrEqual(128);
  expect(commentOf(['x'.repeat(200)], 128)).toBe('…');
});

test('nothing in it ends the comment', () => {
  expect(commentOf(['a "b" \'c\' \\ \n d'], 128)).not.toMatch(/["'\\\n]/);
});

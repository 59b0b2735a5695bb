import fc from 'fast-check';
import { anchor, blocks, code, fenced, numbered, table, text } from './markdown';

test('data stays data: what Markdown would read as a sign is escaped', () => {
  expect(text('*.example.com | <b> `x` [y] _z_ a_b')).toBe('\\*.example.com &#124; &lt;b> \\`x\\` \\[y\\] \\_z\\_ a_b');
  expect(text('a &amp; b & c')).toBe('a &amp;amp; b & c');
  expect(text('two\nlines')).toBe('two lines');
});

test('a code span holds backticks, by a longer fence', () => {
  expect(code('ip route')).toBe('`ip route`');
  expect(code('a `b` c')).toBe('``a `b` c``');
  expect(code('`b`')).toBe('`` `b` ``');
  expect(code('')).toBe('');
});

test('a block of code may hold a fence', () => {
  expect(fenced('md', ['```sh', 'x', '```'])).toBe('````md\n```sh\nx\n```\n````');
});

test('every row of a table has as many cells as its head, whatever the cells hold', () => {
  const cell = fc.string().map(text);
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell.map(code)), { maxLength: 5 }), (rows) => {
      const lines = table(['A', 'B'], rows).split('\n');
      expect(lines).toHaveLength(rows.length + 2);
      for (const line of lines) expect(line.replace(/\\\|/g, '').match(/\|/g)).toHaveLength(3);
    }),
  );
});

test('a short row is filled up and a long one refused', () => {
  expect(table(['A', 'B'], [['1']])).toBe('| A | B |\n| --- | --- |\n| 1 | |');
  expect(() => table(['A'], [['1', '2']])).toThrow(RangeError);
});

test('items with several lines stay items', () => {
  expect(numbered(['a\nb', 'c'])).toBe('1. a\n   b\n2. c');
});

test('a heading is found by the address GitHub gives it', () => {
  expect(anchor('What breaks if a part fails')).toBe('#what-breaks-if-a-part-fails');
  expect(anchor('Start-up, `x`')).toBe('#start-up-x');
});

test('empty blocks leave no gap', () => {
  expect(blocks(['a', '', 'b'])).toBe('a\n\nb');
});

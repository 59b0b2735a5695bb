import { list } from './list';

test.each<[readonly (string | number)[], string]>([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 80, 'c'], 'a, 80 and c'],
])('%j as words', (items, expected) => expect(list(items)).toBe(expected));

test('the last word can be another', () => expect(list(['a', 'b', 'c'], 'or')).toBe('a, b or c'));

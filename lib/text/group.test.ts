import { groupedBy } from './group';

const length = (word: string) => (word === '' ? undefined : word.length);

test('items with one key stand together, in their order, groups in that of their first', () => {
  expect([...groupedBy(['to', 'a', 'of'], length)]).toEqual([
    [2, ['to', 'of']],
    [1, ['a']],
  ]);
});

test('what has no key is in no group', () => {
  expect([...groupedBy(['', 'a'], length)]).toEqual([[1, ['a']]]);
});

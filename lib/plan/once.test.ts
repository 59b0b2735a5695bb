import { oncePer, oncePerName } from './once';

test('works out once for each thing, even where nothing comes of it', () => {
  const asked: object[] = [];
  const first = oncePer((list: readonly number[]) => {
    asked.push(list);
    return list[0];
  });
  const [some, none] = [[7], []];
  expect([first(some), first(none), first(some), first(none)]).toEqual([7, undefined, 7, undefined]);
  expect(asked).toEqual([some, none]);
});

test('tells equal things apart, since one of them may come from elsewhere', () => {
  let count = 0;
  const number = oncePer((_thing: object) => ++count);
  expect([number({}), number({})]).toEqual([1, 2]);
});

test('works out once for each name in a thing', () => {
  const asked: string[] = [];
  const letters = oncePerName((text: { of: string }, name, times: number) => {
    asked.push(name);
    return (text.of + name).repeat(times);
  });
  const a = { of: 'a' };
  expect([letters(a, 'x', 2), letters(a, 'y', 1), letters(a, 'x', 2), letters({ of: 'b' }, 'x', 1)]).toEqual([
    'axax',
    'ay',
    'axax',
    'bx',
  ]);
  expect(asked).toEqual(['x', 'y', 'x']);
});

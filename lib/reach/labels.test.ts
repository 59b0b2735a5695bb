import { allOf, EVERY, not } from './labels';
import { isIn } from './selector';

test('a test wants the label that everything it matches has', () => {
  const web = isIn('app', ['web']);
  expect(web.wants).toEqual(['app', 'web']);
  expect(allOf([EVERY, isIn('tier', ['a', 'b']), web]).wants).toEqual(['app', 'web']);
});

test.each([
  ['either of two values', isIn('app', ['web', 'api'])],
  ['no value at all', isIn('app', [])],
  ['any but one', not(isIn('app', ['web']))],
  ['anything', EVERY],
])('%s is no one label to want', (_, test) => expect(test.wants).toBeUndefined());

import { namespaceOf, ownName } from './namespaced';

test('a name in its namespace is taken apart', () => {
  expect([namespaceOf('shop/web'), ownName('shop/web')]).toEqual(['shop', 'web']);
});

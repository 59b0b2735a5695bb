import { covers } from './covers';

test.each([
  ['a.example.com', 'a.example.com', true],
  ['*.example.com', 'a.example.com', true],
  ['*.example.com', 'b.a.example.com', false],
  ['*.example.com', 'example.com', false],
  ['*.example.com', '*.example.com', true],
  ['*.example.com', '*.a.example.com', false],
  ['example.com', 'a.example.com', false],
])('%s for %s: %p', (name, host, is) => {
  expect(covers(name, host)).toBe(is);
});

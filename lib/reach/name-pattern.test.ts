import { covers } from './name-pattern';

test.each([
  ['api.example.org', 'API.example.org.', true],
  ['*', 'a.b.c', true],
  ['*.example.org', 'a.example.org', true],
  ['*.example.org', 'a.b.example.org', false],
  ['*.example.org', 'example.org', false],
  ['**.example.org', 'a.b.example.org', true],
  ['a*.example.org', 'ab.example.org', true],
  ['a*.example.org', 'ab.c.example.org', false],
  ['*.example.org', 'a*.example.org', true],
  ['a*.example.org', '*.example.org', false],
  ['*.example.org', 'aXexample.org', false],
])('%s covers %s: %s', (outer, inner, expected) => expect(covers(outer, inner)).toBe(expected));

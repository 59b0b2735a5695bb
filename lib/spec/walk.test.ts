import { z } from 'zod';
import { likelyOptions, schemaAt, valueAt, visit } from './walk';

const app = z.strictObject({ app: z.string(), port: z.string().optional() });
const party = z.strictObject({ outside: z.string(), port: z.int() });
const options = [app, party, z.literal('all')];

test.each<[string, unknown, number[]]>([
  ['by its keys', { app: 'a' }, [0]],
  ['by its keys, of which one is wrong in type', { outside: 'a', port: 'x' }, [1]],
  ['by a misspelt key', { outsde: 'a', port: 5 }, [1]],
  ['by its word', 'all', [2]],
  ['not at all', 5, []],
])('the alternative meant is told %s', (_, value, expected) => {
  expect(likelyOptions(options, value)).toEqual(expected);
});

const schema = z.strictObject({
  apps: z.record(z.string(), z.strictObject({ needs: z.array(z.union(options)).default([]) }).prefault({})).optional(),
});

test('every part is seen with its path, through defaults, lists and alternatives', () => {
  const seen: string[] = [];
  visit(schema, { apps: { a: { needs: [{ app: 'b' }, 'all'] } } }, (_, value, path) => {
    if (typeof value === 'string') seen.push(`${path.join('.')} = ${value}`);
  });
  expect(seen).toEqual(['apps.a = a', 'apps.a.needs.0.app = b', 'apps.a.needs.1 = all']);
});

test('the schema of a place is found whether or not the value is there', () => {
  const raw = { apps: { a: { needs: [{ outside: 'x' }] } } };
  expect(schemaAt(schema, raw, ['apps', 'a', 'needs', 0, 'port'])).toBe(party.shape.port);
  expect(schemaAt(schema, raw, ['apps', 'b', 'needs'])).toBeDefined();
  expect(schemaAt(schema, raw, ['aps'])).toBeUndefined();
});

test('only own members count', () => {
  expect(valueAt({ a: [1, 2] }, ['a', 1])).toBe(2);
  expect(valueAt({}, ['constructor'])).toBeUndefined();
  expect(valueAt([1], ['length'])).toBeUndefined();
});

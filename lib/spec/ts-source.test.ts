import { readModuleSource } from './ts-source';

test('the default export is the spec, and paths are its places', () => {
  const { value, findings } = readModuleSource('clusters/x.ts', () => ({ default: { name: 'x' } }));
  expect(findings).toEqual([]);
  expect(value?.raw).toEqual({ name: 'x' });
  expect(value?.locate(['nodes', 'a', 'addresses', 0])).toBe('clusters/x.ts: nodes.a.addresses[0]');
  expect(value?.locate([])).toBe('clusters/x.ts');
});

test.each<[string, () => unknown, RegExp]>([
  ['no default export', () => ({ spec: {} }), /no default export/],
  ['no exports', () => undefined, /no default export/],
  ['a function', () => ({ default: () => ({}) }), /is a function, not a spec/],
  ['a promise', () => ({ default: Promise.resolve({}) }), /is a promise, not a spec/],
  ['a list', () => ({ default: [] }), /is a list, not a spec/],
  ['null', () => ({ default: null }), /is null, not a spec/],
  ['text', () => ({ default: 'x' }), /is a string, not a spec/],
])('a module with %s is refused', (_, load, says) => {
  const { value, findings } = readModuleSource('clusters/x.ts', load);
  expect(value).toBeUndefined();
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ code: 'SPEC_SYNTAX', severity: 'error', where: 'clusters/x.ts' });
  expect(findings[0]?.message).toMatch(says);
  expect(findings[0]?.fix).toBeTruthy();
});

test.each<[string, unknown, string]>([
  [
    'an error',
    new Error('cannot read port of web\n    at somewhere.ts:3'),
    'the module fails when it is run: cannot read port of web',
  ],
  ['an error without words', new Error(''), 'the module fails when it is run: it throws an error without a message'],
  ['a text', 'no such file', 'the module fails when it is run: no such file'],
  ['something else', { a: 1 }, 'the module fails when it is run: it throws something that is no error'],
])('a module that throws %s gives its message, and no stack', (_, thrown, message) => {
  const load = () => {
    throw thrown;
  };
  expect(readModuleSource('clusters/x.ts', load).findings.map((one) => one.message)).toEqual([message]);
});

test('a spec that throws while it is read is refused with what it throws', () => {
  const spec = {
    get name(): string {
      throw new Error('no name today');
    },
  };
  const { value, findings } = readModuleSource('clusters/x.ts', () => ({ default: spec }));
  expect(value).toBeUndefined();
  expect(findings[0]?.message).toBe('the spec fails when it is read: no name today');
});

test('a key without a value is one that is not written', () => {
  const spec = { name: 'x', k3s: undefined, nodes: { a: { role: undefined, notes: [] } } };
  const { value } = readModuleSource('clusters/x.ts', () => ({ default: spec }));
  expect(value?.raw).toStrictEqual({ name: 'x', nodes: { a: { notes: [] } } });
});

test('a spec that holds itself, or a name of JavaScript’s own, is read as it is', () => {
  const spec: Record<string, unknown> = { ['__proto__']: 1 };
  spec['self'] = spec;
  const { value } = readModuleSource('clusters/x.ts', () => ({ default: spec }));
  const raw = value?.raw as Record<string, unknown>;
  expect(raw['self']).toBe(raw);
  expect(Object.keys(raw)).toEqual(['__proto__', 'self']);
});

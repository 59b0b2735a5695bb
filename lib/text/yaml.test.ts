import fc from 'fast-check';
import { load, loadAll, CORE_SCHEMA, YAML11_SCHEMA } from 'js-yaml';
import { parseAllDocuments, parseDocument } from 'yaml';
import { NASTY } from '../../test/support/nasty-strings';
import { yaml, yamlDocuments, yamlWithComments, type YamlValue } from './yaml';

/** Two independent parsers, each as a reader of either version. */
const READERS: Record<string, (text: string) => unknown> = {
  'yaml 1.1': (text) => byYaml(text, '1.1'),
  'yaml 1.2': (text) => byYaml(text, '1.2'),
  'js-yaml 1.1': (text) => load(text, { schema: YAML11_SCHEMA }),
  'js-yaml 1.2': (text) => load(text, { schema: CORE_SCHEMA }),
};

function byYaml(text: string, version: '1.1' | '1.2'): unknown {
  const document = parseDocument(text, { version });
  expect(document.errors).toEqual([]);
  expect(document.warnings).toEqual([]);
  return document.toJS();
}

function expectRead(value: YamlValue) {
  const text = yaml(value);
  for (const [reader, read] of Object.entries(READERS)) {
    expect({ reader, text, value: read(text) }).toEqual({ reader, text, value });
  }
}

const nasty = fc.oneof(
  fc.constantFrom(...NASTY),
  fc
    .array(fc.constantFrom(...NASTY, ...' \t\n:#-|>~.0xoe_+/,[]{}"\'\\ay'), { maxLength: 6 })
    .map((parts) => parts.join('')),
  fc.stringMatching(/^[-+]?[0-9][0-9a-fxob_:.eETZ+-]{0,12}$/),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ maxLength: 12 }),
);

/** A JavaScript object cannot hold this key without a defined property, which the parsers make and `toEqual` passes over. */
const key = nasty.filter((text) => text !== '__proto__');
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const value = fc.letrec<{ value: YamlValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    nasty,
    nasty,
    number,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe('yaml', () => {
  it.each(NASTY)('survives every reader: %j', (text) => {
    expectRead(text);
    expectRead({ [text]: text, list: [text, [text], { [text]: [text] }] });
  });

  it('survives every reader, whatever the value', () => {
    fc.assert(fc.property(value, expectRead), { numRuns: 400 });
  });

  it('quotes every short text that any reader takes for something else', () => {
    const letters = [...'aefinosxyEFN_/019.:+-~# ?'];
    const one = ['', ...letters];
    const plain = one
      .flatMap((a) => letters.flatMap((b) => one.map((c) => a + b + c)))
      .filter((text) => yaml(text) === `${text}\n`);
    expect(plain).toContain('e0x');
    for (const read of Object.values(READERS)) expect(read(yaml(plain))).toEqual(plain);
  });

  it('prints what needs no quotes without them', () => {
    const value = {
      image: 'quay.io/a/b:v1.2',
      args: ['--listen=:80', '--v', 'a b'],
      cidr: '10.42.0.0/16',
      path: '/etc/x',
      kind: 'Service',
    };
    expect(yaml(value)).toBe(
      [
        'image: quay.io/a/b:v1.2',
        'args:',
        '  - --listen=:80',
        '  - --v',
        '  - a b',
        'cidr: 10.42.0.0/16',
        'path: /etc/x',
        'kind: Service',
        '',
      ].join('\n'),
    );
  });

  it('quotes an IPv4 address, which the float of YAML 1.1 matches', () => {
    expect(yaml(['192.0.2.1'])).toBe('  - "192.0.2.1"\n'.trimStart());
  });

  it('starts a collection in a list on the line of its dash', () => {
    expect(yaml({ a: [{ b: 1, c: [2] }, [3, 4], {}, []] })).toBe(
      ['a:', '  - b: 1', '    c:', '      - 2', '  - - 3', '    - 4', '  - {}', '  - []', ''].join('\n'),
    );
  });

  it('prints lines as a literal block, with an indicator where the first one is indented', () => {
    expect(yaml({ a: 'x\ny\n' })).toBe('a: |\n  x\n  y\n');
    expect(yaml({ a: 'x\n\ny' })).toBe('a: |-\n  x\n\n  y\n');
    expect(yaml({ a: 'x\n\n', b: 1 })).toBe('a: |+\n  x\n\nb: 1\n');
    expect(yaml({ a: ' x\ny\n' })).toBe('a: |2\n   x\n  y\n');
  });

  it('never folds a line', () => {
    const long = 'word '.repeat(500).trim();
    expect(yaml({ long })).toBe(`long: ${long}\n`);
  });

  it('writes a key longer than readers must take in the explicit form', () => {
    const long = 'k'.repeat(2000);
    expectRead({ [long]: { a: 'x\ny' }, b: [{ c: 1, [`${long}: `]: [1] }] });
  });

  it('leaves out what is undefined, but keeps its place in a list', () => {
    expect(yaml({ a: undefined, b: 1 })).toBe('b: 1\n');
    expect(yaml({ a: { b: undefined } })).toBe('a: {}\n');
    expect(yaml([1, undefined, 2] as unknown as YamlValue)).toBe('- 1\n- null\n- 2\n');
  });

  it('keeps the order of keys', () => {
    expect(yaml({ b: { d: 1, c: 2 }, a: 3 })).toBe('b:\n  d: 1\n  c: 2\na: 3\n');
  });

  it('refuses what YAML or plain data cannot hold', () => {
    expect(() => yaml('a\ud800')).toThrow(RangeError);
    expect(() => yaml({ '\udc00': 1 })).toThrow(RangeError);
    expect(() => yaml('a\n\ud800b')).toThrow(RangeError);
    expect(() => yaml(NaN)).toThrow(RangeError);
    expect(() => yaml([Infinity])).toThrow(RangeError);
    expect(() => yaml({ at: new Date(0) as unknown as YamlValue })).toThrow(/Date/);
    expect(() => yaml({ f: (() => 1) as unknown as YamlValue })).toThrow(TypeError);
  });
});

describe('yamlDocuments', () => {
  it('writes what cannot change as anything else, wherever it stands', () => {
    const documents = (list: YamlValue) => [
      { a: list, b: [list, { c: list }] },
      [list, [list]],
      { deep: { deeper: [list] } },
      { a: list },
      list,
    ];
    const item = () => ({ z: { y: 'text\nof lines' }, a: [] });
    const frozen = Object.freeze([Object.freeze(item()), 'text', Object.freeze({})]);
    expect(yamlDocuments(documents(frozen))).toBe(yamlDocuments(documents([item(), 'text', {}])));
  });

  it('is read as the same documents', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 4 }), (values) => {
        const text = yamlDocuments(values);
        expect(loadAll(text, { schema: CORE_SCHEMA })).toEqual(values);
        expect(parseAllDocuments(text, { version: '1.1' }).map((document) => document.toJS() as unknown)).toEqual(
          values,
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe('yamlWithComments', () => {
  it('puts each comment above its key', () => {
    const text = yamlWithComments([
      { key: 'cluster-cidr', value: '10.42.0.0/16', comment: 'pods\nof every node' },
      { key: 'disable', value: ['traefik'] },
    ]);
    expect(text).toBe('# pods\n# of every node\ncluster-cidr: 10.42.0.0/16\ndisable:\n  - traefik\n');
  });

  it('lets no comment become a value', () => {
    fc.assert(
      fc.property(nasty, key, nasty, (comment, name, item) => {
        const text = yamlWithComments([{ key: name, value: item, comment }]);
        for (const [reader, read] of Object.entries(READERS)) {
          expect({ reader, text, value: read(text) }).toEqual({ reader, text, value: { [name]: item } });
        }
      }),
      { numRuns: 200 },
    );
  });
});

import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { readPlainYaml } from './plain-yaml';
import { yaml, type YamlValue } from './yaml';

/** What a full parser makes of a text; undefined if it refuses it. */
function parsed(text: string): { readonly value: unknown } | undefined {
  const document = parseDocument(text, { merge: true, logLevel: 'silent' });
  return document.errors.length > 0 ? undefined : { value: document.toJS() as unknown };
}

function expectAgreement(text: string): void {
  const plain = readPlainYaml(text);
  if (plain !== undefined) expect({ text, ...plain }).toEqual({ text, ...parsed(text) });
}

const MANIFEST = `# a policy
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: "web" # its name
  labels: {}
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: web

  policyTypes:
  - Ingress
  - 'Egress'
  ingress:
    - from:
        - ipBlock:
            cidr: 10.0.0.0/8
            except: []
      ports:
        -   port: 80
            endPort: 81
        - port: http
          protocol: TCP
    -
      ports:
  egress: []
`;

test('reads a manifest by itself', () => {
  expect(readPlainYaml(MANIFEST)).toEqual(parsed(MANIFEST));
  expect(readPlainYaml(MANIFEST)).toBeDefined();
});

const SPEC = `name: shop
nodes: { a: { role: server, addresses: { lan: 10.0.0.11 } }, 'b c': {} }
dhcp: 10.0.0.200-10.0.0.249 # by the router
ports: [80, 443, "8080", [true, 'x, y'], { name: a:b }]
hosts: [shop.example.org, '*.example.org', fd00::1]
keys: { a: 4iHLzB3BZsVgyDZ7Gx8m9Jf+7NzSPn5nyJU1nL6vlW0=, b: +zB3/w== }
`;

test('reads a spec with flow collections by itself', () => {
  expect(readPlainYaml(SPEC)).toEqual(parsed(SPEC));
  expect(readPlainYaml(SPEC)).toBeDefined();
});

test.each([
  ['text on two lines', 'a: b\n  c\n'],
  ['a block of text', 'a: |\n  b\n'],
  ['a flow collection on two lines', 'a: {b: c,\n  d: e}\n'],
  ['a key without a value in a flow collection', 'a: {b, c: d}\n'],
  ['a comma at the end of a flow collection', 'a: [b, ]\n'],
  ['a word that versions disagree on in a flow collection', 'a: [yes]\n'],
  ['collections nested past all sense', `a: ${'['.repeat(9999)}\n`],
  ['lists nested past all sense', `${'- '.repeat(9999)}\n`],
  ['a line break of its own kind', '# a\rb: c\n'],
  ['an anchor', 'a: &b c\n'],
  ['a key given twice', 'a: 1\na: 2\n'],
  ['a float', 'a: 1.5\n'],
  ['a word that versions disagree on', 'a: yes\n'],
  ['a date', 'a: 2026-11-21\n'],
  ['a tab', 'a:\tb\n'],
  ['a step back to no column', 'a:\n    b: 1\n  c: 2\n'],
])('leaves %s to a full parser', (_, text) => {
  expect(readPlainYaml(text)).toBeUndefined();
});

/** Pieces that manifests are made of, and some that break them. */
const PIECES = [
  'a',
  'b:',
  ' ',
  '  ',
  '\n',
  '- ',
  '-',
  ': ',
  ':',
  '1',
  '"',
  "'",
  '#',
  ' # x',
  '{}',
  '[]',
  'true',
  '10.0.0.1',
  '1.0:',
  '1:',
  '4e1+',
  '4Be0',
  '=',
  '==',
  '.5',
  '0x1',
  'null',
  '|',
  '\n  ',
  '\n- ',
  '\na: ',
  '{',
  '}',
  '[',
  ']',
  ', ',
  '{ a: ',
];

test('never says anything else than a full parser', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }), (pieces) => expectAgreement(pieces.join(''))),
    { numRuns: 4000 },
  );
});

test.each([
  ['manifest', MANIFEST],
  ['spec', SPEC],
])('nor on a %s with a fault in it', (_, text) => {
  const change = fc.record({ at: fc.nat(text.length), drop: fc.nat(6), put: fc.constantFrom(...PIECES, '') });
  fc.assert(
    fc.property(change, ({ at, drop, put }) => expectAgreement(text.slice(0, at) + put + text.slice(at + drop))),
    { numRuns: 1500 },
  );
});

test('reads what Wayleave writes, or leaves it', () => {
  const leaf = fc.oneof(fc.stringMatching(/^[a-z0-9./ :-]{0,8}$/), fc.integer(), fc.boolean(), fc.constant(null));
  const value = fc.letrec<{ value: YamlValue }>((tie) => ({
    value: fc.oneof(
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.stringMatching(/^[a-z.]{1,4}$/), tie('value'), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).value;
  fc.assert(
    fc.property(value, (each) => expectAgreement(yaml(each))),
    { numRuns: 800 },
  );
});

test('white space that YAML takes for text is left to a full parser', () => {
  for (const space of ['\u00a0', '\ufeff', '\u2028']) {
    expect(readPlainYaml(`a: b\n ${space}\n`)).toBeUndefined();
    expect(readPlainYaml(`${space}# no comment\na: b\n`)).toBeUndefined();
  }
});

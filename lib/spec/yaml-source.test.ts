import { parseCluster } from './parse';
import { renderFindings } from './report';
import { readYamlSource } from './yaml-source';

const TEXT = `# a cluster on one LAN
name: small
networks:
  lan: { kind: lan, interface: eth0, prefix: 192.168.10.0/24 }
nodes:
  alpha: &server
    role: server
    addresses:
      lan: 192.168.10.11
  beta: *server
k3s:
  nodeNetwork: lan
cni: { kind: flannel }
`;

function source(text: string) {
  const { value, findings } = readYamlSource('clusters/small.yaml', text);
  expect(findings).toEqual([]);
  if (value === undefined) throw new Error('no source');
  return value;
}

test('a spec in YAML means what the same spec in TypeScript means', () => {
  const { value, findings } = parseCluster(source(TEXT).raw);
  expect(findings).toEqual([]);
  expect(value?.nodes['beta']?.addresses['lan']?.join()).toBe('192.168.10.11');
});

test.each<[string, (string | number)[], string]>([
  ['the whole spec', [], '2:1'],
  ['a key', ['k3s', 'nodeNetwork'], '12:3'],
  ['a key inside a flow mapping', ['networks', 'lan', 'prefix'], '4:38'],
  ['a part behind an alias', ['nodes', 'beta', 'addresses'], '8:5'],
  ['a key that is missing: what should hold it', ['nodes', 'alpha', 'arch'], '6:3'],
  ['a place far outside: the nearest that exists', ['apps', 'web', 'hosts', 0], '2:1'],
])('%s is found in the file', (_, path, place) => {
  expect(source(TEXT).locate(path)).toBe(`clusters/small.yaml:${place}`);
});

test('entries of lists are found, and values in their own letters', () => {
  const file = source('a:\n  - 1.30\n  - x: 0x1F\n');
  expect(file.locate(['a', 1, 'x'])).toBe('clusters/small.yaml:3:5');
  expect(file.sourceText?.(['a', 0])).toBe('1.30');
  expect(file.sourceText?.(['a', 1])).toBeUndefined();
  expect(file.sourceText?.(['b'])).toBeUndefined();
});

test('a value that YAML reads as a number is quoted as it is written', () => {
  const file = source(TEXT.replace('cni:', 'purpose: 1.30\ncni:'));
  expect(parseCluster(file.raw, file).findings[0]?.fix).toBe('put it in quotes: "1.30"');
});

test('findings are printed with file, line, column and path', () => {
  const file = source(TEXT.replace('nodeNetwork', 'nodeNetwrok'));
  const text = renderFindings([{ findings: parseCluster(file.raw, file).findings, source: file }], false);
  expect(text).toMatch(/^error SPEC_UNKNOWN_KEY {2}clusters\/small.yaml:12:3 \(k3s.nodeNetwrok\)\n/);
});

test.each<[string, string, [place: string, says: RegExp, fix?: RegExp][]]>([
  ['a tab', 'name: x\nk3s:\n\tnodeNetwork: lan\n', [['3:1', /tabs are not allowed for indentation/, /two spaces/]]],
  [
    'two tabs',
    'a:\n\tb: 1\nc:\n\td: 1\n',
    [
      ['2:1', /tabs/, /two spaces/],
      ['4:1', /tabs/, /two spaces/],
    ],
  ],
  ['a key written twice', 'a: 1\nb: 2\na: 3\n', [['3:1', /the key a is written twice/, /keep one/]]],
  ['a number and a text of one key', '1: a\n"1": b\n', [['2:1', /the key 1 is written twice/, /keep one/]]],
  ['several documents', 'a: 1\n---\nb: 2\n', [['2:1', /several documents/, /file of its own/]]],
  [
    'an alias without an anchor',
    'a: &lan 1\nb: *lna\n',
    [['2:4', /\*lna stands for an anchor that is not set/, /^\*lan$/]],
  ],
  ['a star at the start of a text', 'a: [*.example.com]\n', [['1:5', /stands for an anchor/, /quotes, if it is text/]]],
  ['a star alone', 'a: *\n', [['1:4', /starts with \*/, /quotes/]]],
  ['an alias inside its own anchor', 'a: &x [*x]\n', [['1:8', /inside the value it stands for/]]],
  [
    'a merge key',
    'a: &x { b: 1 }\nc:\n  <<: *x\n',
    [['3:3', /merge keys \(<<\) are not part of YAML 1.2/, /write the keys out/]],
  ],
  ['another version of YAML', '%YAML 1.1\n---\na: on\n', [['1:1', /asks for 1.1/, /%YAML/]]],
  ['a value with a colon', 'a: b: c\n', [['1:4', /a key stands where a value was begun/, /quotes/]]],
  ['a value with a colon in braces', 'a: { b: c: d }\n', [['1:9', /a key stands where a value was begun/, /quotes/]]],
  ['a value that starts with @', 'a: @b\n', [['1:4', /cannot start with @/, /quotes/]]],
  ['a quotation that is not closed', 'a: "b\n', [['2:1', /a quotation is not closed/]]],
  ['a tag', 'a: !secret b\n', [['1:4', /the tag !secret has no meaning/, /take it out/]]],
  ['a list as a key', '? [a, b]\n: 1\n', [['1:3', /a key must be text/]]],
  ['a list that is not closed', 'a: [1, 2\nb: 3\n', [['2:1', /indentation/, /two spaces/]]],
])('%s is refused with its place', (_, text, expected) => {
  const { value, findings } = readYamlSource('x.yaml', text);
  expect(value).toBeUndefined();
  expect(findings.map((one) => [one.code, one.where])).toEqual(
    expected.map(([place]) => ['SPEC_SYNTAX', `x.yaml:${place}`]),
  );
  expected.forEach(([, says, fix], i) => {
    expect(findings[i]?.message).toMatch(says);
    if (fix === undefined) expect(findings[i]?.fix).toBeUndefined();
    else expect(findings[i]?.fix).toMatch(fix);
  });
});

test.each([
  ['an empty file', '', /the file is empty/],
  ['a file of comments', '# later\n', /the file is empty/],
  ['a list', '- a\n', /holds a list, not a mapping/],
  ['a word', 'small\n', /holds a single value, not a mapping/],
])('%s is no spec', (_, text, says) => {
  const { findings } = readYamlSource('x.yaml', text);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ code: 'SPEC_SYNTAX', where: 'x.yaml' });
  expect(findings[0]?.message).toMatch(says);
});

test('aliases that grow tenfold a line are refused before they fill the memory', () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 12; i++)
    lines.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]`);
  const { findings } = readYamlSource('x.yaml', `${lines.join('\n')}\n`);
  expect(findings.map((one) => one.message)).toEqual([expect.stringMatching(/more than 1000 copies/)]);
});

test('words that YAML 1.1 took for truth values are text', () => {
  expect(source('a: on\nb: yes\nc: 012\nd: 1:30\n').raw).toEqual({ a: 'on', b: 'yes', c: 12, d: '1:30' });
});

test('a text nested past all sense is said to be so', () => {
  const { findings } = readYamlSource('clusters/x.yaml', `a: ${'['.repeat(20_000)}`);
  expect(findings.map(({ message }) => message)).toContain('the file is nested too deeply to be a spec');
});

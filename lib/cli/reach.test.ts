import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OK, USER_ERROR, UsageError } from './host';
import { reachCommand } from './reach';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reach-'));
  mkdirSync(join(folder, 'tree/.git'), { recursive: true });
  const pod = (name: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n  namespace: x\n  labels:\n    app: ${name}\n`;
  writeFileSync(join(folder, 'tree/pods.yaml'), `${pod('a')}---\n${pod('b')}`);
  writeFileSync(
    join(folder, 'tree/policy.yml'),
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: p\n  namespace: x\nspec:\n  podSelector: {}\n  ingress:\n    - ports:\n        - port: 80\n',
  );
  writeFileSync(join(folder, 'tree/notes.txt'), 'kind: Pod');
  writeFileSync(join(folder, 'tree/.git/config.yaml'), 'a: [');
});

afterEach(() => rmSync(folder, { recursive: true }));

function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const stream = (lines: string[]) => ({ write: (text: string) => lines.push(text) });
  const host = { cwd: folder, specs: new Map(), stdout: stream(out), stderr: stream(err), env: {} };
  const code = reachCommand.run(args, host, () => {
    throw new Error('reach walks no spec');
  });
  return { code, out: out.join(''), err: err.join('') };
}

test('says who reaches whom', () => {
  const { code, out, err } = run('tree', '--format', 'csv', '--from', 'x/a', '--to', 'x/b');
  expect([code, err]).toEqual([OK, '']);
  expect(out).toBe('from,to,allowed,undefined,only if\r\nx/a[Pod],x/b[Pod],TCP 80,,\r\n');
});

test('without pods there is nobody to speak of, and it says so', () => {
  rmSync(join(folder, 'tree/pods.yaml'));
  expect(run('tree').err).toContain('there are no pods below tree');
  expect(() => run('tree', '--explain', 'x/a', 'x/b')).toThrow(/nothing is named x\/a.*there are no pods below tree/s);
  expect(run('tree').code).toBe(OK);
});

test('in the form of netpol-analyzer', () => {
  expect(run('tree', '--format', 'connlist').out.split('\n')[0]).toBe(
    '0.0.0.0-255.255.255.255[External] => x/a[Pod] : TCP 80',
  );
});

test('of one port alone', () => {
  expect(run('tree', '--format', 'csv', '--from', 'x', '--to', 'x', '--port', '443').out).toBe(
    'from,to,allowed,undefined,only if\r\n',
  );
});

test('of the internet', () => {
  expect(run('tree', '--format', 'csv', '--from', 'internet', '--to', 'x/a').out).toContain(',x/a[Pod],TCP 80,,');
  expect(run('tree', '--format', 'csv', '--from', 'internet', '--to', 'x/a').out).not.toMatch(/10\.0\.0\.0/);
});

test('explains', () => {
  expect(run('tree', '--explain', 'x/a', 'x/b', '80').out).toContain(
    'NetworkPolicy x/p, spec.ingress[0] (tree/policy.yml:9)',
  );
});

test('reports invalid policies, answers all the same, and fails', () => {
  writeFileSync(
    join(folder, 'tree/bad.yaml'),
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: bad\nspec:\n  podSelector: {}\n  ingress:\n    - ports:\n        - port: 70000\n',
  );
  const { code, out, err } = run('tree', '--format', 'csv');
  expect(code).toBe(USER_ERROR);
  expect(out).toContain('x/a[Pod],x/b[Pod]');
  expect(err).toContain(
    'error POLICY_INVALID  tree/bad.yaml:9\n  NetworkPolicy bad: spec.ingress[0].ports[0].port is 70000; ports are 1 to 65535\n',
  );
});

test.each([
  ['no folder named', [], 'name the folder of manifests: wayleave reach DIR'],
  ['a folder that is not there', ['tere'], 'there is no folder tere'],
  ['two folders', ['tree', 'more'], 'one folder at a time; more is one too many'],
  ['an unknown format', ['tree', '--format', 'jsn'], 'there is no format jsn; did you mean json?'],
  [
    'a format that JavaScript’s own mappings have',
    ['tree', '--format', 'constructor'],
    'there is no format constructor; the formats are text, json, csv, md, dot, connlist',
  ],
  ['an unknown engine', ['tree', '--engine', 'k3'], 'there is no engine k3; did you mean k3s?'],
  ['a port that is none', ['tree', '--port', '70000'], '"70000" holds port 70000, and 65535 is the highest'],
  ['a name that nothing has', ['tree', '--from', 'x/c'], 'nothing is named x/c; did you mean x/a?'],
  [
    'an explanation without a destination',
    ['tree', '--explain', 'x/a'],
    '--explain takes FROM, TO and, if you like, PORT',
  ],
])('%s', (_, args, message) => expect(() => run(...args)).toThrow(new UsageError(message)));

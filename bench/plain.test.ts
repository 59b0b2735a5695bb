import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

type Tree = ReadonlyMap<string, string>;

const { plainText } = jest.requireActual<{ plainText(tree: Tree): string }>('./plain-text');
const { plainTemplates } = jest.requireActual<{ plainTemplates(tree: Tree): string }>('./plain-templates');
const { assertSameTree, readTree } = jest.requireActual<{
  assertSameTree(wanted: string, found: string): void;
  readTree(folder: string): Tree;
}>('./tree');

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wayleave-bench-test-'));
});

afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

/** What the script writes when it is run with these arguments after the output folder. */
function run(script: string, ...args: string[]): Tree {
  const file = path.join(folder, 'script.js');
  fs.writeFileSync(file, script);
  const { stderr } = spawnSync(process.execPath, [file, path.join(folder, 'out'), ...args], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return readTree(path.join(folder, 'out'));
}

/** A cluster's tree with everything that a template literal could stumble over. */
function treeOf(name: string, net: string): Map<string, string> {
  const notes = `${name}: \`code\`, \${blank}, C:\\new, 10.${net}.11 but not 10.42.0.11\n`;
  const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
  const listOfHost = `{ "${name}.md": "${hashOf(notes)}" }\n`;
  return new Map([
    [`${name}/hosts/a/index.json`, listOfHost],
    [`${name}/NETWORK.md`, notes],
    [`${name}/hosts/a/etc/x.conf`, 'the same everywhere\n'],
    [`${name}/index.json`, `{ "NETWORK.md": "${hashOf(notes)}", "hosts/a/index.json": "${hashOf(listOfHost)}" }\n`],
  ]);
}

test('the ready text writes the tree', () => {
  const tree = treeOf('any', '1.2');
  expect(run(plainText(tree))).toEqual(tree);
});

test('the templates write the first cluster and the others, hashes included', () => {
  const script = plainTemplates(treeOf('fleet-0001', '100.100'));
  expect(run(script, '157')).toEqual(
    new Map(
      Array.from({ length: 157 }, (_, i) => [
        ...treeOf(`fleet-${String(i + 1).padStart(4, '0')}`, i < 156 ? `100.${100 + i}` : '101.100'),
      ]).flat(),
    ),
  );
});

test('trees that differ are told apart', () => {
  const [a, b] = [path.join(folder, 'a'), path.join(folder, 'b')];
  for (const each of [a, b]) fs.mkdirSync(each);
  const write = (each: string, name: string, text: string) => fs.writeFileSync(path.join(each, name), text);
  write(a, 'x', 'one');
  expect(() => assertSameTree(a, b)).toThrow('missing');
  write(b, 'x', 'two');
  expect(() => assertSameTree(a, b)).toThrow('differs');
  write(b, 'x', 'one');
  expect(() => assertSameTree(a, b)).not.toThrow();
  write(b, 'y', '');
  expect(() => assertSameTree(a, b)).toThrow('too many');
});

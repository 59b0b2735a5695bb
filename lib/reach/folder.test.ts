import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFolder } from './folder';
import { readWorld } from './world';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wayleave-reach-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const said = () =>
  readWorld(readFolder(folder, 'm')).findings.map(({ where, message }) => `${where ?? ''}: ${message}`);

test('reads YAML and JSON in the order of their names, hidden ones and links to folders left out', () => {
  mkdirSync(join(folder, 'sub'));
  for (const name of ['b.json', 'a.yaml', 'sub/c.YML', '.hidden.yaml', 'notes.md'])
    writeFileSync(join(folder, name), '{}');
  symlinkSync('..', join(folder, 'sub', 'up'));
  symlinkSync('a.yaml', join(folder, 'z.yaml'));
  expect(readFolder(folder, 'm/').map(({ path }) => path)).toEqual(['m/a.yaml', 'm/b.json', 'm/sub/c.YML', 'm/z.yaml']);
});

test('links that lead nowhere are named, and the rest is read', () => {
  symlinkSync('a.yaml', join(folder, 'a.yaml'));
  symlinkSync('gone', join(folder, 'b.yaml'));
  writeFileSync(join(folder, 'c.yaml'), 'kind: [');
  expect(said()).toEqual([
    'm/a.yaml:1: this is a link that leads in a circle',
    'm/b.yaml:1: this is a link to what is not there',
    expect.stringMatching(/^m\/c\.yaml:/),
  ]);
});

test('a file in another encoding is named, and not taken for an empty one', () => {
  const text = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\n';
  writeFileSync(join(folder, 'a.yaml'), Buffer.from(`\ufeff${text}`, 'utf16le'));
  writeFileSync(join(folder, 'b.yaml'), `\ufeff${text}`);
  expect(said()).toEqual(['m/a.yaml:1: the file is not UTF-8 text']);
});

test('the hosts of a tree that Wayleave wrote are left out: what they carry are copies', () => {
  mkdirSync(join(folder, 'bootstrap'));
  mkdirSync(join(folder, 'hosts', 'a'), { recursive: true });
  for (const name of ['bootstrap/1.yaml', 'hosts/a/1.yaml']) writeFileSync(join(folder, name), '{}');
  expect(readFolder(folder, 'm').map(({ path }) => path)).toEqual(['m/bootstrap/1.yaml', 'm/hosts/a/1.yaml']);
  writeFileSync(join(folder, 'index.json'), '{\n  "wayleave": 1,\n  "files": {}\n}\n');
  expect(readFolder(folder, 'm').map(({ path }) => path)).toEqual(['m/bootstrap/1.yaml', 'm/index.json']);
  expect(readFolder(join(folder, 'hosts', 'a'), 'a').map(({ path }) => path)).toEqual(['a/1.yaml']);
});

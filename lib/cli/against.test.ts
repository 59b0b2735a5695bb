import childProcess, { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { former } from './against';
import { UsageError } from './host';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'wayleave-against-'));
  mkdirSync(join(cwd, 'dist/home'), { recursive: true });
  writeFileSync(join(cwd, 'dist/home/network.json'), 'now');
});
afterEach(() => rmSync(cwd, { recursive: true }));

function commit(): void {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd, stdio: 'ignore' });
  git('init');
  git('add', '.');
  git('commit', '-m', 'first');
}

test('a folder: the files of each cluster, and nothing for one that is not there', () => {
  const tree = former('dist', cwd);
  expect(tree('home')?.read('network.json')).toBe('now');
  expect(tree('home')?.read('index.json')).toBeUndefined();
  expect(tree('home')?.place('network.json')).toBe('dist/home/network.json');
  expect(tree('cabin')).toBeUndefined();
});

test('dist need not be there; another folder must', () => {
  rmSync(join(cwd, 'dist'), { recursive: true });
  expect(former('dist', cwd)('home')).toBeUndefined();
  expect(() => former('build', cwd)).toThrow(UsageError);
});

test('a folder without anything of a cluster is not what was meant', () => {
  expect(() => former('', cwd)).toThrow('--against names no folder');
  mkdirSync(join(cwd, 'build/home'), { recursive: true });
  expect(() => former('build', cwd)).toThrow("build holds no cluster's output");
  writeFileSync(join(cwd, 'build/home/index.json'), '{}');
  expect(former('build', cwd)('home')?.read('index.json')).toBe('{}');
});

test('a commit: dist/ as it was, also from a folder below', () => {
  commit();
  writeFileSync(join(cwd, 'dist/home/network.json'), 'later');
  expect(former('git:HEAD', cwd)('home')?.read('network.json')).toBe('now');
  expect(former('git:HEAD', cwd)('home')?.place('network.json')).toBe('HEAD:./dist/home/network.json');
  expect(former('git:HEAD', cwd)('cabin')?.read('network.json')).toBeUndefined();
});

test('what is there is told apart from what is not, in a folder and in a commit', () => {
  commit();
  writeFileSync(join(cwd, 'dist/home/later.json'), '{}');
  const holds = (against: string) =>
    ['network.json', 'later.json', 'hosts/a/index.json'].map((path) => former(against, cwd)('home')?.has(path));
  expect(holds('dist')).toEqual([true, true, false]);
  expect(holds('git:HEAD')).toEqual([true, false, false]);
});

test('a commit: files of any bytes and names, each as it was committed', () => {
  const texts = { empty: '', 'a b/ü\n.yaml': 'ü\n\nß', long: 'x'.repeat(100_000), last: '\n' };
  mkdirSync(join(cwd, 'dist/home/a b'));
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(cwd, 'dist/home', name), text);
  symlinkSync('network.json', join(cwd, 'dist/home/link'));
  commit();
  const home = former('git:HEAD', cwd)('home');
  for (const [name, text] of Object.entries(texts)) expect(home?.read(name)).toBe(text);
  expect(home?.read('link')).toBeUndefined();
});

test('a commit: one process for the files of a cluster, however many are read, and none for a cluster it has not got', () => {
  for (const name of ['a', 'b', 'c']) writeFileSync(join(cwd, 'dist/home', name), name);
  commit();
  const tree = former('git:HEAD', cwd);
  const spawned = jest.spyOn(childProcess, 'spawnSync');
  const home = tree('home');
  for (const name of ['a', 'b', 'c', 'd', 'a']) home?.read(name);
  tree('cabin')?.read('network.json');
  expect(spawned).toHaveBeenCalledTimes(1);
  spawned.mockRestore();
});

test('a commit whose files git cannot give is said in git’s own words', () => {
  commit();
  const oid = execFileSync('git', ['rev-parse', 'HEAD:dist'], { cwd, encoding: 'utf8' }).trim();
  rmSync(join(cwd, '.git/objects', oid.slice(0, 2), oid.slice(2)));
  expect(() => former('git:HEAD', cwd)('home')?.read('network.json')).toThrow(UsageError);
  expect(() => former('git:HEAD', cwd)('home')?.read('network.json')).toThrow(
    /^git cannot read dist\/ of HEAD \(.+\)$/,
  );
});

test('no such commit, no repository, and what git would take for an option', () => {
  expect(() => former('git:HEAD', cwd)).toThrow(
    /^git finds no repository here; name a folder to compare with \(not a git repository/,
  );
  commit();
  for (const ref of ['git:', 'git:nowhere', 'git:--version']) expect(() => former(ref, cwd)).toThrow(UsageError);
});

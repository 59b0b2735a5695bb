import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

test('no such commit, no repository, and what git would take for an option', () => {
  expect(() => former('git:HEAD', cwd)).toThrow(
    new UsageError('this folder lies in no git repository; name a folder to compare with'),
  );
  commit();
  for (const ref of ['git:', 'git:nowhere', 'git:--version']) expect(() => former(ref, cwd)).toThrow(UsageError);
});

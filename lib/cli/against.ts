import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Former } from '../review/former';
import { UsageError } from './host';

/**
 * The trees to compare with: a folder of clusters' output, or `git:REF`, which is `dist/` at a commit.
 * @throws UsageError if there is no such commit, or no such folder and it is not the default
 */
export function former(against: string, cwd: string): (cluster: string) => Former | undefined {
  const ref = /^git:(.*)$/.exec(against)?.[1];
  return ref === undefined ? inFolder(against, cwd) : atCommit(ref, cwd);
}

function inFolder(folder: string, cwd: string): (cluster: string) => Former | undefined {
  if (folder === '') throw new UsageError('--against names no folder');
  const root = resolve(cwd, folder);
  if (!isFolder(root)) {
    if (folder === 'dist') return () => undefined;
    throw new UsageError(`there is no folder ${folder} to compare with; for a commit write git:${folder}`);
  }
  // Against a folder of something else nothing would be found, and all would seem well.
  if (folder !== 'dist' && !namesIn(root).some((name) => existsSync(join(root, name, 'index.json'))))
    throw new UsageError(`${folder} holds no cluster's output: no index.json lies in a folder of it`);
  return (cluster) => {
    const own = join(root, cluster);
    if (!isFolder(own)) return undefined;
    return { read: (path) => textOf(join(own, path)), place: (path) => join(folder, cluster, path) };
  };
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/** One that this user may not read holds nothing for him. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** What cannot be read is said by the run that is to write it. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function atCommit(ref: string, cwd: string): (cluster: string) => Former | undefined {
  // A ref that starts with a dash would be read as an option.
  const found = ref.startsWith('-') ? undefined : git(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], cwd);
  const commit = found?.trim();
  if (commit === undefined || commit === '')
    throw new UsageError(
      git(['rev-parse', '--git-dir'], cwd) === undefined
        ? 'this folder lies in no git repository; name a folder to compare with'
        : `git has no commit ${ref === '' ? 'without a name' : ref} here; in CI, fetch it first`,
    );
  return (cluster) => ({
    read: (path) => git(['show', `${commit}:./dist/${cluster}/${path}`], cwd),
    place: (path) => `${ref}:./dist/${cluster}/${path}`,
  });
}

/** A document of a large cluster has several megabytes. */
const mostBytes = 256 * 1024 * 1024;

function git(args: readonly string[], cwd: string): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd, encoding: 'utf8', maxBuffer: mostBytes });
  return status === 0 ? stdout : undefined;
}

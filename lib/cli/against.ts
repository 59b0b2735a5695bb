import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Former } from '../review/former';
import { committedFolders, committedTexts } from './committed';
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
    if (!isThere(own)) return undefined;
    return {
      has: (path) => isThere(join(own, path)),
      read: (path) => textOf(join(own, path)),
      place: (path) => join(folder, cluster, path),
    };
  };
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/** Also where this user cannot tell. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

/** One that this user may not read holds nothing for him. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function atCommit(ref: string, cwd: string): (cluster: string) => Former | undefined {
  const folders = committedFolders(ref, cwd);
  return (cluster) => {
    const files = folders.get(cluster);
    if (files === undefined) return undefined;
    let texts: ReadonlyMap<string, string> | undefined;
    return {
      has: (path) => files.has(path),
      read: (path) => (texts ??= committedTexts(ref, files, cwd)).get(path),
      place: (path) => `${ref}:./dist/${cluster}/${path}`,
    };
  };
}

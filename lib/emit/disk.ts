import type * as fs from 'node:fs';
import { relative } from 'node:path';
import type { Finding } from '../spec/finding';

/** What writing needs of the file system; `node:fs` is one, and a test may put a faulty one in its place. */
export type Disk = Pick<
  typeof fs,
  | 'accessSync'
  | 'existsSync'
  | 'lstatSync'
  | 'mkdirSync'
  | 'readFileSync'
  | 'readdirSync'
  | 'realpathSync'
  | 'renameSync'
  | 'rmSync'
  | 'rmdirSync'
  | 'statSync'
  | 'unlinkSync'
  | 'writeFileSync'
>;

/** A path as an operator in this folder would type it. */
export function printFile(path: string): string {
  const near = relative('', path);
  return near === '' || near.startsWith('..') ? path : near;
}

/** Something stands in the way of writing. */
export function blocked(path: string, problem: string, fix: string): Finding {
  return { code: 'OUTPUT_BLOCKED', severity: 'error', at: [], message: `${printFile(path)} ${problem}`, fix };
}

/** Faults of the disk that its owner can mend, in words. */
const FAULTS: Readonly<Record<string, readonly [problem: string, fix: string]>> = {
  EACCES: ['may not be read or written by this user', 'give this user the right to it'],
  EDQUOT: ['cannot be written: the quota is used up', 'make room'],
  EISDIR: ['is a folder where a file should be', 'move it away'],
  EIO: ['cannot be read or written: the disk is faulty', 'write to another one'],
  ENOSPC: ['cannot be written: the disk is full', 'make room'],
  ENOTDIR: ['lies behind a file where a folder should be', 'move that file away'],
  EPERM: ['may not be changed, not even by its owner', 'lift its protection (lsattr shows it)'],
  EROFS: ['lies on a file system that is read-only', 'mount it for writing, or write elsewhere (--output)'],
};

/** How the name of a folder starts in which a run lays its files ready. */
export const STAGING = '.wayleave-staging-';

/** The finding that an error of the file system amounts to, at `path` where it names none; undefined for any other error. */
export function blockedBy(error: unknown, path: string): Finding | undefined {
  const fault = FAULTS[codeOf(error) ?? ''];
  if (fault === undefined) return undefined;
  const at = typeof error === 'object' && error !== null && 'path' in error ? String(error.path) : path;
  return blocked(at.includes(`/${STAGING}`) ? path : at, fault[0], fault[1]);
}

/** Node's code of an error of the system, such as ENOENT. */
export function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}

/** Runs what may find nothing there. */
export function unlessAbsent<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

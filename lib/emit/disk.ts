import type * as fs from 'node:fs';
import { relative } from 'node:path';
import type { Finding } from '../spec/finding';
import { codeOf } from '../text/error-code';

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
  EBUSY: ['is in use, or something is mounted there', 'end that'],
  EEXIST: ['is a link to what is no folder', 'move it away, or write elsewhere (--output)'],
  EISDIR: ['is a folder where a file should be', 'move it away'],
  EIO: ['cannot be read or written: the disk is faulty', 'write to another one'],
  ELOOP: ['is a link that leads in a circle', 'move it away'],
  ENAMETOOLONG: ['has a longer name than its file system takes', 'write elsewhere (--output)'],
  ENOSPC: ['cannot be written: the disk is full', 'make room'],
  ENOTDIR: ['lies behind a file where a folder should be', 'move that file away'],
  EPERM: ['may not be changed, not even by its owner', 'lift its protection (lsattr shows it)'],
  EROFS: ['lies on a file system that is read-only', 'mount it for writing, or write elsewhere (--output)'],
  EXDEV: ['lies on another file system than the rest of the output', 'unmount it'],
};

/** How the name of a folder starts in which a run lays its files ready. */
export const STAGING = '.wayleave-staging-';

/** The finding that an error of the file system amounts to, at `path` where it names none; undefined for any other error. */
export function blockedBy(error: unknown, path: string): Finding | undefined {
  const fault = isFolderRefused(error) ? NO_FOLDERS : FAULTS[codeOf(error) ?? ''];
  if (fault === undefined) return undefined;
  const { dest, path: source = path } = error as { dest?: unknown; path?: unknown };
  // A rename names the staged file first, which its reader never saw.
  const at = String(dest ?? source);
  return blocked(at.includes(`/${STAGING}`) ? path : at, fault[0], fault[1]);
}

/** Some file systems, such as that of /proc, refuse a folder by saying that nothing is there. */
const NO_FOLDERS = ['cannot be made: nothing can be written there', 'write elsewhere (--output)'] as const;

function isFolderRefused(error: unknown): boolean {
  return codeOf(error) === 'ENOENT' && (error as { syscall?: unknown }).syscall === 'mkdir';
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

import { spawnSync } from 'node:child_process';
import { codeOf } from '../text/error-code';
import { UsageError } from './host';

/** Files as a commit has them: what git knows the content of each by, by path. */
export type Committed = ReadonlyMap<string, string>;

/**
 * The files of each folder that lies in `dist/` at a commit of the repository around, by the folder's name.
 * @throws UsageError if there is no such commit, or git cannot list its files
 */
export function committedFolders(ref: string, cwd: string): ReadonlyMap<string, Committed> {
  const commit = commitOf(ref, cwd);
  const listed = git(['ls-tree', '-r', '-z', commit, 'dist/'], cwd, unreadable(ref)).toString();
  const folders = new Map<string, Map<string, string>>();
  for (const line of listed.split('\0')) {
    const [, id, folder, path] = PLAIN_FILE.exec(line) ?? [];
    if (id === undefined || folder === undefined || path === undefined) continue;
    const files = folders.get(folder) ?? new Map<string, string>();
    folders.set(folder, files.set(path, id));
  }
  return folders;
}

/**
 * The texts of files at a commit, by path. Those that git has not got are left out.
 * @throws UsageError if git cannot read at all
 */
export function committedTexts(ref: string, files: Committed, cwd: string): ReadonlyMap<string, string> {
  const wanted = [...files.values()].map((id) => `${id}\n`).join('');
  const contents = readBatch(git(['cat-file', '--batch'], cwd, unreadable(ref), wanted));
  const texts = new Map<string, string>();
  for (const [i, path] of [...files.keys()].entries()) {
    const text = contents[i];
    if (text !== undefined) texts.set(path, text);
  }
  return texts;
}

/** A line of `git ls-tree -r -z` (git-ls-tree(1), Output Format) for what is no link and no repository inside this one. */
const PLAIN_FILE = /^100\d{3} blob ([0-9a-f]+)\tdist\/([^/]+)\/(.+)$/s;

/** The head of an answer of `git cat-file --batch` (git-cat-file(1), Batch Output); one that is missing has no size. */
const FOUND = / blob (\d+)$/;

/** What `git cat-file --batch` answered, in the order it was asked: a head, as many bytes as it says, a line break. */
function readBatch(answers: Buffer): (string | undefined)[] {
  const contents: (string | undefined)[] = [];
  for (let at = 0; at < answers.length; ) {
    const start = answers.indexOf('\n', at) + 1;
    const size = FOUND.exec(answers.toString('latin1', at, start - 1))?.[1];
    const end = start + Number(size ?? 0);
    contents.push(size === undefined ? undefined : answers.toString('utf8', start, end));
    at = size === undefined ? end : end + 1;
  }
  return contents;
}

function commitOf(ref: string, cwd: string): string {
  git(['rev-parse', '--git-dir'], cwd, 'git finds no repository here; name a folder to compare with');
  const none = `git has no commit ${ref === '' ? 'without a name' : ref} here; in CI, fetch it first`;
  // It would be read as an option.
  if (ref.startsWith('-')) throw new UsageError(none);
  return git(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], cwd, none)
    .toString()
    .trim();
}

function unreadable(ref: string): string {
  return `git cannot read dist/ of ${ref}`;
}

/** The output of one cluster has a document of several megabytes, and hundreds of files. */
const mostBytes = 256 * 1024 * 1024;

/** What git prints. @throws UsageError with the problem, and what git says of it */
function git(args: readonly string[], cwd: string, problem: string, input = ''): Buffer {
  const { error, status, stdout, stderr } = spawnSync('git', args, { cwd, input, maxBuffer: mostBytes });
  if (status === 0) return stdout;
  const missing = codeOf(error) === 'ENOENT' ? 'git is not installed' : error?.message;
  const words = missing ?? /^(?:error|fatal): (.*)$/m.exec(stderr.toString())?.[1];
  throw new UsageError(words === undefined ? problem : `${problem} (${words})`);
}

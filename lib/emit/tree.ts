import type { Finding } from '../spec/finding';
import { compareText } from '../text/compare';

/** A file that is to be written. */
export class TreeFile {
  constructor(
    /** Relative to the cluster's folder, with `/` between its parts. */
    readonly path: string,
    readonly content: string,
    /** The component, or the part of Wayleave, that wants it. */
    readonly owner: string,
  ) {}
}

/** Everything that one cluster's folder is to hold. */
export class Tree {
  /** By the path in lower case: some file systems take paths for one that differ in case alone. */
  readonly #files = new Map<string, TreeFile[]>();

  /** @throws Error for a path that is not relative, or not in its simplest form */
  add(path: string, content: string, owner: string): void {
    if (!isPlainPath(path))
      throw new Error(`${owner} wants a file at ${JSON.stringify(path)}, which is no plain relative path`);
    const file = new TreeFile(path, content, owner);
    const same = this.#files.get(path.toLowerCase());
    if (same === undefined) this.#files.set(path.toLowerCase(), [file]);
    else same.push(file);
  }

  /** The files in code-unit order of their paths. Where two collide, the first that was added. */
  files(): readonly TreeFile[] {
    return [...this.#files.values()].flatMap((same) => same.slice(0, 1)).sort((a, b) => compareText(a.path, b.path));
  }

  /** The content of a file, or nothing if the tree has none of that path. */
  get(path: string): string | undefined {
    return this.#files.get(path.toLowerCase())?.find((file) => file.path === path)?.content;
  }

  /** Paths that are wanted twice, or as a file here and as a folder there. */
  findings(): Finding[] {
    const findings: Finding[] = [];
    for (const same of this.#files.values()) if (same.length > 1) findings.push(twice(same));
    for (const [folded, [file]] of this.#files) {
      const above = this.#above(folded);
      if (file !== undefined && above !== undefined) findings.push(inside(above, file));
    }
    return findings;
  }

  /** The file, if there is one, whose path is that of a folder this path lies in. */
  #above(path: string): TreeFile | undefined {
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      const [file] = this.#files.get(path.slice(0, slash)) ?? [];
      if (file !== undefined) return file;
    }
    return undefined;
  }
}

/** Whether a file is to be executable: its bytes alone say so, so that they are all there is to compare. */
export function isProgram(content: string): boolean {
  return content.startsWith('#!');
}

/** Whether a path is relative, with `/` alone between its parts, none of which is empty, `.` or `..`. */
export function isPlainPath(path: string): boolean {
  return !NOT_PLAIN.test(path);
}

const NOT_PLAIN = /(?:^|\/)\.{0,2}(?:\/|$)|[\\\p{Cc}]/u;

function twice(files: readonly TreeFile[]): Finding {
  const sorted = [...files].sort((a, b) => compareText(a.owner, b.owner) || compareText(a.path, b.path));
  const paths = [...new Set(sorted.map((file) => file.path))];
  const wants = sorted.map((file) => (paths.length > 1 ? `${file.owner} (${file.path})` : file.owner)).join(' and ');
  const where = paths.length > 1 ? 'at paths that differ in case alone' : `at ${String(paths[0])}`;
  return {
    code: 'PATH_TWICE',
    severity: 'error',
    at: [],
    message: `${wants} each want a file ${where}`,
    fix: 'give one of them another path',
  };
}

function inside(above: TreeFile, file: TreeFile): Finding {
  return {
    code: 'PATH_TWICE',
    severity: 'error',
    at: [],
    message: `${above.owner} wants a file at ${above.path}, and ${file.owner} wants a folder there, for ${file.path}`,
    fix: 'give one of them another path',
  };
}

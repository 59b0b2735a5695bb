import { constants } from 'node:fs';
import { posix } from 'node:path';
import type { Finding } from '../spec/finding';
import { blocked, blockedBy, type Disk } from './disk';

/** What stands at a path. A link counts as `other`: nothing is ever written through one. */
export type Kind = 'file' | 'folder' | 'other';

/** What is on disk of one cluster's folder. Each folder in it is read once. */
export class Folder {
  readonly #lists = new Map<string, ReadonlyMap<string, Kind>>();
  readonly #writable = new Map<string, Finding | undefined>();
  readonly #kind: Kind | undefined;

  constructor(
    private readonly disk: Disk,
    readonly path: string,
  ) {
    const stats = disk.lstatSync(path, { throwIfNoEntry: false });
    this.#kind = stats === undefined ? undefined : kindOf(stats);
  }

  /** What stands at a path inside; undefined if nothing does. The empty path is the folder itself. */
  kind(path: string): Kind | undefined {
    if (path === '' || this.#kind !== 'folder') return path === '' ? this.#kind : undefined;
    const parent = parentOf(path);
    return this.kind(parent) === 'folder' ? this.#list(parent).get(posix.basename(path)) : undefined;
  }

  read(path: string): Buffer {
    return this.disk.readFileSync(`${this.path}/${path}`);
  }

  /** Whether the owner may run the file at a path. */
  mayRun(path: string): boolean {
    return (this.disk.statSync(`${this.path}/${path}`).mode & constants.S_IXUSR) !== 0;
  }

  /** Why a file cannot be put at a path, once the files that are `leaving` are gone. */
  obstacle(path: string, leaving: ReadonlySet<string>): Finding | undefined {
    for (const folder of foldersAbove(path)) {
      const kind = this.kind(folder);
      if (kind === undefined) return undefined;
      if (kind === 'folder' || leaving.has(folder)) continue;
      return this.#blocked(
        folder,
        kind === 'file' ? 'is a file where a folder should be' : 'is a link, and nothing is written through links',
      );
    }
    const kind = this.kind(path);
    if (kind === 'folder' && !this.#empties(path, leaving))
      return this.#blocked(path, 'is a folder where a file should be');
    if (kind === 'other') return this.#blocked(path, 'is no plain file, and nothing is written through links');
    return undefined;
  }

  /** Why nothing can be added to, or taken from, the folder that a path lies in. */
  lock(path: string): Finding | undefined {
    let folder = parentOf(path);
    while (folder !== '' && this.kind(folder) !== 'folder') folder = parentOf(folder);
    if (this.kind(folder) !== 'folder') return undefined;
    if (!this.#writable.has(folder))
      this.#writable.set(folder, this.#tryLock(folder === '' ? this.path : `${this.path}/${folder}`));
    return this.#writable.get(folder);
  }

  #tryLock(path: string): Finding | undefined {
    try {
      this.disk.accessSync(path, constants.W_OK | constants.X_OK);
      return undefined;
    } catch (error) {
      const finding = blockedBy(error, path);
      if (finding === undefined) throw error;
      return finding;
    }
  }

  #blocked(path: string, problem: string): Finding {
    return blocked(path === '' ? this.path : `${this.path}/${path}`, problem, 'move it away, and run again');
  }

  /** Whether a folder holds nothing but files that are leaving. */
  #empties(path: string, leaving: ReadonlySet<string>): boolean {
    const list = [...this.#list(path)];
    return (
      list.length > 0 &&
      list.every(([name, kind]) => {
        const inside = `${path}/${name}`;
        return kind === 'folder' ? this.#empties(inside, leaving) : leaving.has(inside);
      })
    );
  }

  #list(path: string): ReadonlyMap<string, Kind> {
    let list = this.#lists.get(path);
    if (list === undefined) {
      const entries = this.disk.readdirSync(path === '' ? this.path : `${this.path}/${path}`, { withFileTypes: true });
      list = new Map(entries.map((entry) => [entry.name, kindOf(entry)]));
      this.#lists.set(path, list);
    }
    return list;
  }
}

function kindOf(entry: { isFile(): boolean; isDirectory(): boolean }): Kind {
  return entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other';
}

/** The folder a path lies in; empty for the top one. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** From the top one, which is empty, down to the one the path lies in. */
function foldersAbove(path: string): string[] {
  const parent = parentOf(path);
  return path === '' ? [] : [...foldersAbove(parent), parent];
}

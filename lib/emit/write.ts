import * as fs from 'node:fs';
import { hasErrors, type Finding } from '../spec/finding';
import { blocked, blockedBy, printFile, type Disk } from './disk';
import { Folder } from './folder';
import { INDEX, readIndex, sha256, type Index } from './index-file';
import { Staging } from './staging';
import { isProgram, type Tree, type TreeFile } from './tree';
import { writtenBefore, type WrittenBefore } from './written-before';

export interface Counts {
  written: number;
  removed: number;
  unchanged: number;
}

/**
 * The folder of all clusters' output. Each cluster's files are compared with what is there and what differs is laid
 * ready; nothing that was there is touched before `commit`, which only removes and renames.
 */
export class Output {
  readonly #counts: Counts = { written: 0, removed: 0, unchanged: 0 };
  readonly #staging: Staging;
  /** Set when nothing at all can be written, so that this is said once and not for every cluster. */
  #closed = false;
  #opened = false;
  #failed = false;

  constructor(
    private readonly root: string,
    private readonly disk: Disk = fs,
  ) {
    this.#staging = new Staging(disk, root);
  }

  /** What lies there of a cluster, for those who compare. */
  former(cluster: string): WrittenBefore {
    return writtenBefore(this.disk, `${this.root}/${cluster}`);
  }

  /** Compares a cluster's tree with the disk and lays ready what differs. */
  stage(cluster: string, tree: Tree): Finding[] {
    return this.#guarded(() => {
      const folder = new Folder(this.disk, `${this.root}/${cluster}`);
      const { hashes, findings } = this.#former(cluster, folder);
      const files = tree.files();
      const wanted = new Set(files.map((file) => file.path));
      const gone = [...hashes.keys()].filter((path) => !wanted.has(path));
      const leaving = this.#leave(cluster, folder, hashes, gone, findings);
      for (const file of files) findings.push(...this.#stageFile(cluster, folder, file, hashes, leaving));
      return findings;
    });
  }

  /** Lays ready the removal of everything that Wayleave wrote for a cluster. What was edited by hand stays. */
  removeCluster(cluster: string): Finding[] {
    return this.#guarded(() => {
      const folder = new Folder(this.disk, `${this.root}/${cluster}`);
      const { hashes, findings } = this.#former(cluster, folder);
      // Without an index nothing tells Wayleave's files from others.
      if (hashes.size > 0) this.#leave(cluster, folder, hashes, [...hashes.keys()], findings, [INDEX]);
      return findings;
    });
  }

  /** Lays ready the removal of every cluster that Wayleave once wrote and that is not among the known ones. */
  removeOthers(known: readonly string[]): Finding[] {
    return this.#guarded(() => this.orphans(known).flatMap((gone) => this.removeCluster(gone)));
  }

  /** Clusters that Wayleave once wrote and that are not among the known ones. */
  orphans(known: readonly string[]): string[] {
    if (!this.disk.existsSync(this.root)) return [];
    const entries = this.disk.readdirSync(this.root, { withFileTypes: true });
    const others = entries.filter(
      (entry) => entry.isDirectory() && !entry.name.startsWith('.') && !known.includes(entry.name),
    );
    return others
      .map((entry) => entry.name)
      .filter((name) => {
        const folder = new Folder(this.disk, `${this.root}/${name}`);
        return folder.kind(INDEX) === 'file' && readIndex(folder.read(INDEX).toString()) !== undefined;
      })
      .sort();
  }

  /**
   * Puts everything in its place. Stopped in the middle, it leaves what the next run mends.
   * @throws Error if a stage before it found an error
   */
  commit(): Readonly<Counts> {
    if (this.#failed) throw new Error('a cluster has errors, so nothing may be written');
    this.#staging.move();
    return this.#counts;
  }

  /** What keeps a commit from its end, if the disk does; undefined for any other error. */
  blockage(error: unknown): Finding | undefined {
    return blockedBy(error, this.root);
  }

  /** Leaves everything as it was. */
  abort(): void {
    this.#staging.drop();
  }

  /** Turns what the disk refuses into findings. */
  #guarded(action: () => Finding[]): Finding[] {
    if (this.#closed) return [];
    let findings: Finding[];
    try {
      findings = this.#open() ?? action();
    } catch (error) {
      const finding = blockedBy(error, this.root);
      if (finding === undefined) throw error;
      this.#closed = true;
      findings = [finding];
    }
    this.#failed ||= hasErrors(findings);
    // A folder that may not be written is in the way of each of its files, and said once.
    return [...new Map(findings.map((finding) => [finding.message, finding])).values()];
  }

  #open(): Finding[] | undefined {
    if (this.#opened) return undefined;
    this.#opened = true;
    const there = this.disk.lstatSync(this.root, { throwIfNoEntry: false });
    if (there === undefined) return undefined;
    const isFolder = there.isDirectory() || (there.isSymbolicLink() && this.disk.existsSync(`${this.root}/.`));
    if (isFolder) return undefined;
    this.#closed = true;
    const problem = there.isSymbolicLink() ? 'is a link to what is no folder' : 'is a file where a folder should be';
    return [blocked(this.root, problem, 'move it away, or write elsewhere (--output)')];
  }

  /** The hashes that a file may have if nobody edited it, by path. */
  #former(cluster: string, folder: Folder): { hashes: Map<string, string[]>; findings: Finding[] } {
    const findings: Finding[] = [];
    const indexes: Index[] = this.#staging.leftIndexes(cluster);
    if (folder.kind(INDEX) === 'file') {
      const index = readIndex(folder.read(INDEX).toString());
      if (index !== undefined) indexes.push(index);
      else
        findings.push(
          edited(
            `${folder.path}/${INDEX}`,
            'cannot be read as a list of files; files no longer generated are not removed',
            'remove them by hand',
          ),
        );
    }
    const hashes = new Map<string, string[]>();
    for (const index of indexes)
      for (const [path, hash] of index) hashes.set(path, [...(hashes.get(path) ?? []), hash]);
    return { hashes, findings };
  }

  /** Lays ready the removal of files, and says which they are. One that was edited stays. */
  #leave(
    cluster: string,
    folder: Folder,
    hashes: ReadonlyMap<string, readonly string[]>,
    paths: readonly string[],
    findings: Finding[],
    always: readonly string[] = [],
  ): ReadonlySet<string> {
    const leaving = new Set(always);
    for (const path of paths) {
      if (folder.kind(path) !== 'file') continue;
      if (hashes.get(path)?.includes(sha256(folder.read(path)))) leaving.add(path);
      else
        findings.push(
          edited(
            `${folder.path}/${path}`,
            'was edited by hand and is no longer generated; it is kept',
            'remove it if nobody needs it',
          ),
        );
    }
    for (const lock of new Set([...leaving].map((path) => folder.lock(path))))
      if (lock !== undefined) findings.push(lock);
    this.#staging.remove(cluster, [...leaving]);
    this.#counts.removed += leaving.size;
    return leaving;
  }

  #stageFile(
    cluster: string,
    folder: Folder,
    file: TreeFile,
    hashes: ReadonlyMap<string, readonly string[]>,
    leaving: ReadonlySet<string>,
  ): Finding[] {
    const { path, content } = file;
    const findings: Finding[] = [];
    if (folder.kind('') !== undefined) {
      const obstacle = folder.obstacle(path, leaving);
      if (obstacle !== undefined) return [obstacle];
      if (folder.kind(path) === 'file') {
        const there = folder.read(path);
        const same = there.equals(Buffer.from(content));
        if (same && (!isProgram(content) || folder.mayRun(path))) {
          this.#counts.unchanged++;
          return [];
        }
        if (!same && path !== INDEX && !hashes.get(path)?.includes(sha256(there))) {
          findings.push(
            edited(
              `${folder.path}/${path}`,
              'is not as Wayleave wrote it; it is overwritten',
              'change the spec instead; git diff shows what it was',
            ),
          );
        }
      }
      const lock = folder.lock(path);
      if (lock !== undefined) return [...findings, lock];
    }
    this.#staging.put(cluster, file);
    this.#counts.written++;
    return findings;
  }
}

function edited(path: string, what: string, fix: string): Finding {
  return { code: 'FILE_EDITED', severity: 'warning', at: [], message: `${printFile(path)} ${what}`, fix };
}

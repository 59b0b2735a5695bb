import { dirname } from 'node:path';
import { codeOf } from '../text/error-code';
import { readIndex, INDEX, type Index } from './index-file';
import { STAGING, unlessAbsent, type Disk } from './disk';
import { parentOf } from './folder';
import { isProgram, type TreeFile } from './tree';

/** Stands in a staging folder from the moment that files begin to move out of it. */
const MOVING = 'moving';

/**
 * A folder beside the clusters' own in which a run lays its files ready, so that they only have to be moved.
 * It is the only list of what is to be done: a run over thousands of clusters keeps none in memory.
 *
 *     .wayleave-staging-<process>/tree/<cluster>/…    files to move
 *     .wayleave-staging-<process>/remove/<cluster>    paths to remove, one a line
 */
export class Staging {
  #made: string | undefined;
  /** Folders that were made for the output itself because they were not there, the topmost first. */
  #madeRoots: string[] = [];
  #cluster: string | undefined;
  #folders = new Set<string>();
  #moving = false;
  #left: string[] | undefined;

  constructor(
    private readonly disk: Disk,
    private readonly root: string,
  ) {}

  /** Lays a file ready. */
  put(cluster: string, { path, content }: TreeFile): void {
    const top = `${this.#make()}/tree/${cluster}`;
    if (cluster !== this.#cluster) {
      this.#cluster = cluster;
      this.#folders = new Set();
    }
    const parent = parentOf(path);
    if (!this.#folders.has(parent)) {
      this.disk.mkdirSync(`${top}/${parent}`, { recursive: true });
      this.#folders.add(parent);
    }
    this.disk.writeFileSync(`${top}/${path}`, content, { mode: isProgram(content) ? 0o755 : 0o644 });
  }

  /** Notes files that are to go. */
  remove(cluster: string, paths: readonly string[]): void {
    if (paths.length === 0) return;
    const folder = `${this.#make()}/remove`;
    this.disk.mkdirSync(folder, { recursive: true });
    this.disk.writeFileSync(`${folder}/${cluster}`, paths.join('\n'));
  }

  /** Indexes that a run before this one had ready, but could not move: it was stopped in the middle. */
  leftIndexes(cluster: string): Index[] {
    return this.#leftOver().flatMap((left) => {
      const text = unlessAbsent(() => this.disk.readFileSync(`${left}/tree/${cluster}/${INDEX}`, 'utf8'));
      return (text === undefined ? undefined : readIndex(text)) ?? [];
    });
  }

  /** Does what was laid ready, cluster by cluster; the index of each comes last. */
  move(): void {
    if (this.#made !== undefined) {
      this.disk.writeFileSync(`${this.#made}/${MOVING}`, '');
      this.#moving = true;
      const removals = this.#names('remove');
      const trees = this.#names('tree');
      for (const cluster of [...new Set([...removals, ...trees])].sort()) {
        if (removals.has(cluster)) this.#removeFiles(cluster, this.#made);
        if (trees.has(cluster)) this.#moveInto(`${this.root}/${cluster}`, `${this.#made}/tree/${cluster}`, true);
      }
    }
    for (const folder of [this.#made, ...this.#leftOver()]) if (folder !== undefined) this.#drop(folder);
    this.#made = undefined;
  }

  /** Drops what was laid ready. What is left of a move that failed stays, for the next run to mend. */
  drop(): void {
    if (this.#moving) return;
    if (this.#made !== undefined) this.#drop(this.#made);
    // Another run may have put its own files there meanwhile.
    for (const folder of this.#madeRoots.reverse())
      if (unlessAbsent(() => this.disk.readdirSync(folder))?.length === 0) this.disk.rmdirSync(folder);
    this.#made = undefined;
    this.#madeRoots = [];
  }

  #make(): string {
    if (this.#made !== undefined) return this.#made;
    // Before a name is chosen: an older folder may bear the number of this process.
    const left = this.#leftOver();
    this.#makeRoot(this.root);
    let made = `${this.root}/${STAGING}${process.pid}`;
    for (let n = 1; left.includes(made); n++) made = `${this.root}/${STAGING}${process.pid}-${n}`;
    this.disk.mkdirSync(made);
    return (this.#made = made);
  }

  /** Folder by folder: asked for several at once, Node never ends where one is refused as absent (/proc). */
  #makeRoot(folder: string): void {
    if (this.disk.existsSync(folder)) return;
    this.#makeRoot(dirname(folder));
    try {
      this.disk.mkdirSync(folder);
      this.#madeRoots.push(folder);
    } catch (error) {
      // Another run may make it at the same moment.
      if (codeOf(error) !== 'EEXIST' || !this.disk.existsSync(folder)) throw error;
    }
  }

  #names(kind: 'remove' | 'tree'): Set<string> {
    return new Set(unlessAbsent(() => this.disk.readdirSync(`${String(this.#made)}/${kind}`)) ?? []);
  }

  #removeFiles(cluster: string, staging: string): void {
    const top = `${this.root}/${cluster}`;
    const paths = this.disk.readFileSync(`${staging}/remove/${cluster}`, 'utf8').split('\n');
    const folders = new Set<string>();
    for (const path of paths) {
      unlessAbsent(() => this.disk.unlinkSync(`${top}/${path}`));
      for (let folder = parentOf(path); folder !== ''; folder = parentOf(folder)) folders.add(folder);
    }
    // The deepest first: a longer path cannot lie above a shorter one.
    const emptied = [...folders].sort((a, b) => b.length - a.length).map((folder) => `${top}/${folder}`);
    for (const folder of paths.includes(INDEX) ? [...emptied, top] : emptied) {
      if (unlessAbsent(() => this.disk.readdirSync(folder))?.length === 0) this.disk.rmdirSync(folder);
    }
  }

  /** Moves a folder whole where there is none yet. */
  #moveInto(to: string, from: string, isTop: boolean): void {
    if (!this.disk.existsSync(to)) {
      this.disk.renameSync(from, to);
      return;
    }
    const entries = this.disk.readdirSync(from, { withFileTypes: true });
    for (const entry of entries.filter(({ name }) => !isTop || name !== INDEX)) {
      if (entry.isDirectory()) this.#moveInto(`${to}/${entry.name}`, `${from}/${entry.name}`, false);
      else this.disk.renameSync(`${from}/${entry.name}`, `${to}/${entry.name}`);
    }
    if (isTop && entries.some(({ name }) => name === INDEX)) this.disk.renameSync(`${from}/${INDEX}`, `${to}/${INDEX}`);
  }

  /** Folders of runs that were stopped while they moved files. Those of runs stopped before that are dropped. */
  #leftOver(): readonly string[] {
    if (this.#left !== undefined) return this.#left;
    const names = unlessAbsent(() => this.disk.readdirSync(this.root)) ?? [];
    const stopped = names.filter((name) => name.startsWith(STAGING) && !isAlive(parseInt(name.slice(STAGING.length))));
    const left = stopped.sort().map((name) => `${this.root}/${name}`);
    this.#left = left.filter((folder) => this.disk.existsSync(`${folder}/${MOVING}`));
    for (const folder of left) if (!this.#left.includes(folder)) this.#drop(folder);
    return this.#left;
  }

  #drop(folder: string): void {
    this.disk.rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether another process has that number. */
function isAlive(pid: number): boolean {
  if (!(pid > 0) || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, but another user's.
    return codeOf(error) === 'EPERM';
  }
}

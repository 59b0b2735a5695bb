import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Disk } from '../../lib/emit/disk';
import { INDEX, indexFile } from '../../lib/emit/index-file';
import { Tree } from '../../lib/emit/tree';
import { Output, type Counts } from '../../lib/emit/write';

export type Files = Readonly<Record<string, string>>;
export type Clusters = Readonly<Record<string, Files>>;

export function treeOf(files: Files): Tree {
  const tree = new Tree();
  for (const [path, content] of Object.entries(files)) tree.add(path, content, 'test');
  tree.add(INDEX, indexFile(tree.files()), 'index');
  return tree;
}

/** What a run over these clusters should leave on disk. */
export function expected(clusters: Clusters): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [name, own] of Object.entries(clusters)) {
    for (const { path, content } of treeOf(own).files()) files[`${name}/${path}`] = content;
  }
  return files;
}

/** An output folder in a folder of its own, which is not there until something writes it. */
export class Scratch {
  readonly top = fs.mkdtempSync(join(tmpdir(), 'wayleave-write-'));
  readonly root = join(this.top, 'dist');

  /** One whole run. */
  run(clusters: Clusters, disk: Disk = fs): { said: string[]; counts?: Readonly<Counts> } {
    const output = new Output(this.root, disk);
    const findings = Object.entries(clusters).flatMap(([name, files]) => output.stage(name, treeOf(files)));
    const said = findings.map(({ code, message }) => `${code} ${message.replaceAll(this.root, 'dist')}`);
    if (!findings.some(({ severity }) => severity === 'error')) return { said, counts: output.commit() };
    output.abort();
    return { said };
  }

  /** Puts a file, or a link to `-> target`, or with a final slash a folder. */
  put(path: string, content = ''): void {
    const at = join(this.top, path);
    fs.mkdirSync(path.endsWith('/') ? at : dirname(at), { recursive: true });
    if (content.startsWith('-> ')) fs.symlinkSync(content.slice(3), at);
    else if (!path.endsWith('/')) fs.writeFileSync(at, content);
  }

  /** Every file in the output, with its content or its target; a folder with nothing in it ends in a slash. */
  files(folder = this.root, prefix = ''): Record<string, string> {
    const found: Record<string, string> = {};
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isSymbolicLink()) found[prefix + entry.name] = `-> ${fs.readlinkSync(path)}`;
      else if (!entry.isDirectory()) found[prefix + entry.name] = fs.readFileSync(path, 'utf8');
      else if (fs.readdirSync(path).length === 0) found[`${prefix}${entry.name}/`] = '';
      else Object.assign(found, this.files(path, `${prefix}${entry.name}/`));
    }
    return found;
  }

  remove(): void {
    fs.rmSync(this.top, { recursive: true });
  }
}

import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Disk } from './disk';
import { INDEX, indexFile } from './index-file';
import { Tree } from './tree';
import { Output } from './write';

let top: string;
let root: string;

beforeEach(() => {
  top = fs.mkdtempSync(join(tmpdir(), 'wayleave-write-'));
  root = join(top, 'dist');
});

afterEach(() => fs.rmSync(top, { recursive: true }));

type Files = Readonly<Record<string, string>>;

function treeOf(files: Files): Tree {
  const tree = new Tree();
  for (const [path, content] of Object.entries(files)) tree.add(path, content, 'test');
  tree.add(INDEX, indexFile(tree), 'index');
  return tree;
}

/** One whole run. */
function run(clusters: Readonly<Record<string, Files>>, disk: Disk = fs) {
  const output = new Output(root, disk);
  const findings = Object.entries(clusters).flatMap(([name, files]) => output.stage(name, treeOf(files)));
  const said = findings.map(({ code, message }) => `${code} ${message.replaceAll(root, 'dist')}`);
  if (findings.some(({ severity }) => severity === 'error')) {
    output.abort();
    return { said };
  }
  return { said, counts: output.commit() };
}

/** Every file below the root, with its content; folders without files end in a slash. */
function onDisk(folder = root, prefix = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) found[prefix + entry.name] = fs.readFileSync(path, 'utf8');
    else if (fs.readdirSync(path).length === 0) found[`${prefix}${entry.name}/`] = '';
    else Object.assign(found, onDisk(path, `${prefix}${entry.name}/`));
  }
  return found;
}

function expected(clusters: Readonly<Record<string, Files>>): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [name, own] of Object.entries(clusters)) {
    for (const { path, content } of treeOf(own).files()) files[`${name}/${path}`] = content;
  }
  return files;
}

describe('a run that succeeds', () => {
  it('writes every file and counts them', () => {
    const clusters = { home: { 'a/b': '1', c: '2' }, away: { d: '3' } };
    expect(run(clusters)).toEqual({ said: [], counts: { written: 5, removed: 0, unchanged: 0 } });
    expect(onDisk()).toEqual(expected(clusters));
    expect(fs.statSync(join(root, 'home/c')).mode & 0o777).toBe(0o644 & ~process.umask());
  });

  it('writes nothing where nothing changed', () => {
    run({ home: { 'a/b': '1', c: '2' } });
    const refuse = () => {
      throw new Error('writes');
    };
    const reader: Disk = { ...fs, writeFileSync: refuse, renameSync: refuse, mkdirSync: refuse, unlinkSync: refuse };
    expect(run({ home: { 'a/b': '1', c: '2' } }, reader)).toEqual({
      said: [],
      counts: { written: 0, removed: 0, unchanged: 3 },
    });
  });

  it('writes only what changed, and removes what is no longer generated with the folders it leaves empty', () => {
    run({ home: { 'a/b/c': '1', 'a/d': '2', e: '3', 'f/g': '4' } });
    const before = fs.statSync(join(root, 'home/e')).ino;
    const after = { home: { 'a/d': '5', e: '3', 'h/i': '6' } };
    expect(run(after)).toEqual({ said: [], counts: { written: 3, removed: 2, unchanged: 1 } });
    expect(onDisk()).toEqual(expected(after));
    expect(fs.statSync(join(root, 'home/e')).ino).toBe(before);
  });

  it('makes a folder where a file was, and a file where a folder was', () => {
    run({ home: { a: '1', 'b/c/d': '2' } });
    const after = { home: { 'a/x': '3', b: '4' } };
    expect(run(after).said).toEqual([]);
    expect(onDisk()).toEqual(expected(after));
  });

  it('leaves alone what it did not write and does not generate', () => {
    run({ home: { 'a/b': '1' } });
    fs.writeFileSync(join(root, 'home/a/notes'), 'mine');
    fs.writeFileSync(join(root, 'README'), 'mine');
    expect(run({ home: { c: '1' } }).said).toEqual([]);
    expect(onDisk()).toEqual({ ...expected({ home: { c: '1' } }), 'home/a/notes': 'mine', README: 'mine' });
  });

  it('follows the output folder itself where it is a link', () => {
    fs.mkdirSync(join(top, 'real'));
    fs.symlinkSync('real', root);
    run({ home: { a: '1' } });
    expect(onDisk(join(top, 'real'))).toEqual(expected({ home: { a: '1' } }));
    expect(fs.lstatSync(root).isSymbolicLink()).toBe(true);
  });
});

describe('a file that was edited by hand', () => {
  it('is reported and overwritten', () => {
    run({ home: { a: '1', b: '2' } });
    fs.writeFileSync(join(root, 'home/a'), 'mine');
    expect(run({ home: { a: '3', b: '2' } }).said).toEqual([
      'FILE_EDITED dist/home/a is not as Wayleave wrote it; it is overwritten',
    ]);
    expect(onDisk()).toEqual(expected({ home: { a: '3', b: '2' } }));
  });

  it('is not reported if it is what is wanted now', () => {
    run({ home: { a: '1' } });
    fs.writeFileSync(join(root, 'home/a'), '2');
    expect(run({ home: { a: '2' } })).toEqual({ said: [], counts: { written: 1, removed: 0, unchanged: 1 } });
  });

  it('is kept and reported if it is no longer generated', () => {
    run({ home: { a: '1', b: '2' } });
    fs.writeFileSync(join(root, 'home/a'), 'mine');
    expect(run({ home: { b: '2' } }).said).toEqual([
      'FILE_EDITED dist/home/a was edited by hand and is no longer generated; it is kept',
    ]);
    expect(onDisk()['home/a']).toBe('mine');
    expect(run({ home: { b: '2' } }).said).toEqual([]);
  });

  it('is reported where an index cannot be read, and nothing is removed', () => {
    run({ home: { a: '1', b: '2' } });
    fs.writeFileSync(join(root, 'home', INDEX), '{"files":');
    expect(run({ home: { a: '3' } }).said).toEqual([
      'FILE_EDITED dist/home/index.json cannot be read as a list of files; files no longer generated are not removed',
      'FILE_EDITED dist/home/a is not as Wayleave wrote it; it is overwritten',
    ]);
    expect(onDisk()).toEqual({ ...expected({ home: { a: '3' } }), 'home/b': '2' });
  });

  it('cannot lead out of the output by an index that somebody else wrote', () => {
    fs.mkdirSync(join(root, 'home'), { recursive: true });
    fs.writeFileSync(join(top, 'precious'), '1');
    const hash = /"sha256": "(\w+)"/.exec(indexFile(treeOf({ x: '1' })))?.[1];
    fs.writeFileSync(
      join(root, 'home', INDEX),
      `{"wayleave":1,"files":{"../../precious":{"sha256":"${hash}","bytes":1}}}`,
    );
    expect(run({ home: { a: '1' } }).said).toHaveLength(1);
    expect(fs.readFileSync(join(top, 'precious'), 'utf8')).toBe('1');
  });
});

describe('a run that fails', () => {
  it.each<[string, (root: string) => void, string]>([
    [
      'a folder where a file should be',
      () => fs.mkdirSync(join(root, 'home/a/x'), { recursive: true }),
      'dist/home/a is a folder where a file should be',
    ],
    [
      'a file where a folder should be',
      () => (fs.mkdirSync(join(root, 'home'), { recursive: true }), fs.writeFileSync(join(root, 'home/b'), '')),
      'dist/home/b is a file where a folder should be',
    ],
    [
      'a file where the cluster’s folder should be',
      () => (fs.mkdirSync(root), fs.writeFileSync(join(root, 'home'), '')),
      'dist/home is a file where a folder should be',
    ],
    ['a file where the output should be', () => fs.writeFileSync(root, ''), 'dist is a file where a folder should be'],
    [
      'a link to nothing where the output should be',
      () => fs.symlinkSync('nowhere', root),
      'dist is a link to what is no folder',
    ],
    [
      'a link that leads out',
      () => (fs.mkdirSync(join(root, 'home'), { recursive: true }), fs.symlinkSync(top, join(root, 'home/b'))),
      'dist/home/b is a link, and nothing is written through links',
    ],
    [
      'a cluster’s folder that is a link',
      () => (fs.mkdirSync(root), fs.symlinkSync(top, join(root, 'home'))),
      'dist/home is a link, and nothing is written through links',
    ],
    [
      'a file that is a link',
      () => (fs.mkdirSync(join(root, 'home'), { recursive: true }), fs.symlinkSync('/dev/null', join(root, 'home/a'))),
      'dist/home/a is no plain file, and nothing is written through links',
    ],
  ])('names %s and changes nothing', (_, prepare, message) => {
    prepare(root);
    const before = fs.readdirSync(top, { recursive: true });
    expect(run({ away: { x: '1' }, home: { a: '1', 'b/c': '2' } })).toEqual({ said: [`OUTPUT_BLOCKED ${message}`] });
    expect(fs.readdirSync(top, { recursive: true })).toEqual(before);
  });

  it('names every obstacle of a cluster at once', () => {
    fs.mkdirSync(join(root, 'home/a'), { recursive: true });
    fs.mkdirSync(join(root, 'home/b'));
    expect(run({ home: { a: '1', b: '2' } }).said).toHaveLength(2);
  });

  it.each([
    ['ENOSPC', 'cannot be written: the disk is full'],
    ['EROFS', 'lies on a file system that is read-only'],
    ['EDQUOT', 'cannot be written: the quota is used up'],
  ])('says what %s means, once, and cleans up', (code, problem) => {
    run({ home: { a: '1' } });
    const before = onDisk();
    let calls = 0;
    const failing: Disk = {
      ...fs,
      writeFileSync: (path, data, options) => {
        if (++calls > 2) throw Object.assign(new Error(code), { code, path });
        fs.writeFileSync(path, data, options);
      },
    };
    const { said } = run({ home: { a: '2', b: '3' }, x: { a: '1' }, y: { a: '1' } }, failing);
    expect(said).toEqual([`OUTPUT_BLOCKED dist ${problem}`]);
    expect(onDisk()).toEqual(before);
  });

  it('leaves no output folder behind that was not there', () => {
    const output = new Output(join(root, 'deeper'));
    output.stage('home', treeOf({ a: '1' }));
    output.abort();
    expect(fs.readdirSync(top)).toEqual([]);
  });

  it('does not commit after an error', () => {
    fs.writeFileSync(root, '');
    const output = new Output(root);
    output.stage('home', treeOf({ a: '1' }));
    expect(() => output.commit()).toThrow(/nothing may be written/);
  });
});

describe('a run that is killed while it moves files', () => {
  const before = { home: { a: '1', 'b/c': '2', 'b/d': '3', e: '4' }, away: { x: '1' } };
  const after = { home: { a: '5', 'b/d': '6', 'f/g': '7', e: '4' }, new: { y: '1' }, away: { x: '2' } };
  const other = { home: { a: '8', e: '9' }, new: { y: '1' }, away: { x: '3' } };

  /** The run stops at the n-th change of the disk within its commit, and says nothing more. */
  function killed(n: number): boolean {
    let left = n;
    let moving = false;
    const step = () => {
      if (moving && left-- === 0) throw new Error('killed');
    };
    const disk: Disk = {
      ...fs,
      renameSync: (from, to) => (step(), fs.renameSync(from, to)),
      unlinkSync: (path) => (step(), fs.unlinkSync(path)),
      rmdirSync: (path) => (step(), fs.rmdirSync(path)),
      rmSync: (path, options) => (step(), fs.rmSync(path, options)),
    };
    const output = new Output(root, disk);
    for (const [name, files] of Object.entries(after)) output.stage(name, treeOf(files));
    moving = true;
    try {
      output.commit();
      return false;
    } catch {
      output.abort();
      return true;
    }
  }

  it('is mended by the next one, wherever it stopped and whatever that one writes', () => {
    for (const next of [after, before, other]) {
      let stops = 0;
      for (; ; stops++) {
        fs.rmSync(root, { recursive: true, force: true });
        run(before);
        if (!killed(stops)) break;
        expect(run(next).said).toEqual([]);
        const orphan = next === before ? onDisk() : {};
        expect(onDisk()).toEqual({ ...pick(orphan, 'new/'), ...expected(next) });
      }
      expect(stops).toBeGreaterThan(5);
    }
  });

  it('loses nothing to a failed run in between', () => {
    run(before);
    expect(killed(3)).toBe(true);
    fs.mkdirSync(join(root, 'home/zz'));
    expect(run({ home: { ...other.home, zz: '1' } }).said).toEqual([
      'OUTPUT_BLOCKED dist/home/zz is a folder where a file should be',
    ]);
    fs.rmdirSync(join(root, 'home/zz'));
    expect(run(other).said).toEqual([]);
    expect(onDisk()).toEqual(expected(other));
  });
});

function pick(files: Record<string, string>, prefix: string): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith(prefix)));
}

describe('clusters without a spec', () => {
  it('are found by the index that Wayleave wrote', () => {
    expect(new Output(root).orphans([])).toEqual([]);
    run({ home: { a: '1' }, away: { a: '1' }, gone: { a: '1' } });
    fs.mkdirSync(join(root, 'mine'));
    fs.mkdirSync(join(root, 'theirs'));
    fs.writeFileSync(join(root, 'theirs', INDEX), '{"files":{}}');
    expect(new Output(root).orphans(['home'])).toEqual(['away', 'gone']);
  });

  it('are removed with the run, but for what was edited', () => {
    run({ home: { a: '1' }, away: { 'a/b': '1', c: '2' }, gone: { 'a/b': '1', c: '2' } });
    fs.writeFileSync(join(root, 'gone/c'), 'mine');
    const output = new Output(root);
    output.stage('home', treeOf({ a: '1' }));
    const findings = ['away', 'gone'].flatMap((name) => output.removeCluster(name));
    expect(findings.map(({ code }) => code)).toEqual(['FILE_EDITED']);
    expect(onDisk()['away/c']).toBe('2');
    expect(output.commit()).toEqual({ written: 0, removed: 5, unchanged: 2 });
    expect(onDisk()).toEqual({ ...expected({ home: { a: '1' } }), 'gone/c': 'mine' });
  });
});

it('clears what a run left behind that was stopped before it moved anything', () => {
  run({ home: { a: '1' } });
  new Output(root).stage('home', treeOf({ a: '2' }));
  expect(fs.readdirSync(root)).toHaveLength(2);
  expect(run({ home: { a: '1' } }).counts).toEqual({ written: 0, removed: 0, unchanged: 2 });
  expect(fs.readdirSync(root)).toEqual(['home']);
});

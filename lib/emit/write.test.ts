import * as fs from 'node:fs';
import { join } from 'node:path';
import { expected, Scratch, treeOf } from '../../test/support/output';
import type { Disk } from './disk';
import { INDEX, sha256 } from './index-file';
import { Output } from './write';

let scratch: Scratch;

beforeEach(() => {
  scratch = new Scratch();
});

afterEach(() => {
  scratch.remove();
});

describe('a run that succeeds', () => {
  it('writes every file and counts them', () => {
    const clusters = { home: { 'a/b': '1', c: '2' }, away: { d: '3' } };
    expect(scratch.run(clusters)).toEqual({ said: [], counts: { written: 5, removed: 0, unchanged: 0 } });
    expect(scratch.files()).toEqual(expected(clusters));
    expect(fs.statSync(join(scratch.root, 'home/c')).mode & 0o133).toBe(0);
  });

  it('writes a program so that it can be run, and nothing else so', () => {
    scratch.run({ home: { init: '#!/bin/sh\n', notes: 'mine' } });
    const mayRun = (name: string) => (fs.statSync(join(scratch.root, 'home', name)).mode & 0o100) !== 0;
    expect({ init: mayRun('init'), notes: mayRun('notes') }).toEqual({ init: true, notes: false });
    fs.chmodSync(join(scratch.root, 'home/init'), 0o644);
    expect(scratch.run({ home: { init: '#!/bin/sh\n', notes: 'mine' } }).said).toEqual([]);
    expect(mayRun('init')).toBe(true);
  });

  it('writes nothing where nothing changed', () => {
    scratch.run({ home: { 'a/b': '1', c: '2' } });
    const refuse = () => {
      throw new Error('writes');
    };
    const reader: Disk = { ...fs, writeFileSync: refuse, renameSync: refuse, mkdirSync: refuse, unlinkSync: refuse };
    expect(scratch.run({ home: { 'a/b': '1', c: '2' } }, reader)).toEqual({
      said: [],
      counts: { written: 0, removed: 0, unchanged: 3 },
    });
  });

  it('writes only what changed, and removes what is no longer generated with the folders it leaves empty', () => {
    scratch.run({ home: { 'a/b/c': '1', 'a/d': '2', e: '3', 'f/g': '4' } });
    const before = fs.statSync(join(scratch.root, 'home/e')).ino;
    const after = { home: { 'a/d': '5', e: '3', 'h/i': '6' } };
    expect(scratch.run(after)).toEqual({ said: [], counts: { written: 3, removed: 2, unchanged: 1 } });
    expect(scratch.files()).toEqual(expected(after));
    expect(fs.statSync(join(scratch.root, 'home/e')).ino).toBe(before);
  });

  it('makes a folder where a file was, and a file where a folder was', () => {
    scratch.run({ home: { a: '1', 'b/c/d': '2' } });
    const after = { home: { 'a/x': '3', b: '4' } };
    expect(scratch.run(after).said).toEqual([]);
    expect(scratch.files()).toEqual(expected(after));
  });

  it('leaves alone what it did not write and does not generate', () => {
    scratch.run({ home: { 'a/b': '1' } });
    fs.writeFileSync(join(scratch.root, 'home/a/notes'), 'mine');
    fs.writeFileSync(join(scratch.root, 'README'), 'mine');
    expect(scratch.run({ home: { c: '1' } }).said).toEqual([]);
    expect(scratch.files()).toEqual({ ...expected({ home: { c: '1' } }), 'home/a/notes': 'mine', README: 'mine' });
  });

  it('follows the output folder itself where it is a link', () => {
    fs.mkdirSync(join(scratch.top, 'real'));
    fs.symlinkSync('real', scratch.root);
    scratch.run({ home: { a: '1' } });
    expect(scratch.files(join(scratch.top, 'real'))).toEqual(expected({ home: { a: '1' } }));
    expect(fs.lstatSync(scratch.root).isSymbolicLink()).toBe(true);
  });
});

describe('a file that was edited by hand', () => {
  it('is reported and overwritten', () => {
    scratch.run({ home: { a: '1', b: '2' } });
    fs.writeFileSync(join(scratch.root, 'home/a'), 'mine');
    expect(scratch.run({ home: { a: '3', b: '2' } }).said).toEqual([
      'FILE_EDITED dist/home/a is not as Wayleave wrote it; it is overwritten',
    ]);
    expect(scratch.files()).toEqual(expected({ home: { a: '3', b: '2' } }));
  });

  it('is not reported if it is what is wanted now', () => {
    scratch.run({ home: { a: '1' } });
    fs.writeFileSync(join(scratch.root, 'home/a'), '2');
    expect(scratch.run({ home: { a: '2' } })).toEqual({ said: [], counts: { written: 1, removed: 0, unchanged: 1 } });
  });

  it('is kept and reported if it is no longer generated', () => {
    scratch.run({ home: { a: '1', b: '2' } });
    fs.writeFileSync(join(scratch.root, 'home/a'), 'mine');
    expect(scratch.run({ home: { b: '2' } }).said).toEqual([
      'FILE_EDITED dist/home/a was edited by hand and is no longer generated; it is kept',
    ]);
    expect(scratch.files()['home/a']).toBe('mine');
    expect(scratch.run({ home: { b: '2' } }).said).toEqual([]);
  });

  it('is reported where an index cannot be read, and nothing is removed', () => {
    scratch.run({ home: { a: '1', b: '2' } });
    fs.writeFileSync(join(scratch.root, 'home', INDEX), '{"files":');
    expect(scratch.run({ home: { a: '3' } }).said).toEqual([
      'FILE_EDITED dist/home/index.json cannot be read as a list of files; files no longer generated are not removed',
      'FILE_EDITED dist/home/a is not as Wayleave wrote it; it is overwritten',
    ]);
    expect(scratch.files()).toEqual({ ...expected({ home: { a: '3' } }), 'home/b': '2' });
  });

  it('cannot lead out of the output by an index that somebody else wrote', () => {
    fs.mkdirSync(join(scratch.root, 'home'), { recursive: true });
    fs.writeFileSync(join(scratch.top, 'precious'), '1');
    const hash = sha256('1');
    fs.writeFileSync(
      join(scratch.root, 'home', INDEX),
      `{"wayleave":1,"files":{"../../precious":{"sha256":"${hash}","bytes":1}}}`,
    );
    expect(scratch.run({ home: { a: '1' } }).said).toHaveLength(1);
    expect(fs.readFileSync(join(scratch.top, 'precious'), 'utf8')).toBe('1');
  });
});

describe('clusters without a spec', () => {
  it('are found by the index that Wayleave wrote', () => {
    expect(new Output(scratch.root).orphans([])).toEqual([]);
    scratch.run({ home: { a: '1' }, away: { a: '1' }, gone: { a: '1' } });
    fs.mkdirSync(join(scratch.root, 'mine'));
    fs.mkdirSync(join(scratch.root, 'theirs'));
    fs.writeFileSync(join(scratch.root, 'theirs', INDEX), '{"files":{}}');
    expect(new Output(scratch.root).orphans(['home'])).toEqual(['away', 'gone']);
  });

  it('are removed with the run, but for what was edited', () => {
    scratch.run({ home: { a: '1' }, away: { 'a/b': '1', c: '2' }, gone: { 'a/b': '1', c: '2' } });
    fs.writeFileSync(join(scratch.root, 'gone/c'), 'mine');
    const output = new Output(scratch.root);
    output.stage('home', treeOf({ a: '1' }));
    const findings = ['away', 'gone'].flatMap((name) => output.removeCluster(name));
    expect(findings.map(({ code }) => code)).toEqual(['FILE_EDITED']);
    expect(scratch.files()['away/c']).toBe('2');
    expect(output.commit()).toEqual({ written: 0, removed: 5, unchanged: 2 });
    expect(scratch.files()).toEqual({ ...expected({ home: { a: '1' } }), 'gone/c': 'mine' });
  });
});

it('clears what a run left behind that was stopped before it moved anything', () => {
  scratch.run({ home: { a: '1' } });
  new Output(scratch.root).stage('home', treeOf({ a: '2' }));
  expect(fs.readdirSync(scratch.root)).toHaveLength(2);
  expect(scratch.run({ home: { a: '1' } }).counts).toEqual({ written: 0, removed: 0, unchanged: 2 });
  expect(fs.readdirSync(scratch.root)).toEqual(['home']);
});

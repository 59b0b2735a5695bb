import * as fs from 'node:fs';
import { join } from 'node:path';
import { expected, Scratch, treeOf } from '../../test/support/output';
import type { Disk } from './disk';
import { Output } from './write';

let scratch: Scratch;

beforeEach(() => {
  scratch = new Scratch();
});

afterEach(() => {
  scratch.remove();
});

describe('a run that fails', () => {
  it.each([
    ['a folder where a file should be', 'dist/home/a/x/', '', 'dist/home/a is a folder where a file should be'],
    ['a file where a folder should be', 'dist/home/b', '', 'dist/home/b is a file where a folder should be'],
    ['a file where the cluster’s folder should be', 'dist/home', '', 'dist/home is a file where a folder should be'],
    ['a file where the output should be', 'dist', '', 'dist is a file where a folder should be'],
    ['a link to nothing where the output should be', 'dist', '-> nowhere', 'dist is a link to what is no folder'],
    ['a link that leads out', 'dist/home/b', '-> /tmp', 'dist/home/b is a link, and nothing is written through links'],
    [
      'a cluster’s folder that is a link',
      'dist/home',
      '-> /tmp',
      'dist/home is a link, and nothing is written through links',
    ],
    [
      'a file that is a link',
      'dist/home/a',
      '-> /dev/null',
      'dist/home/a is no plain file, and nothing is written through links',
    ],
  ])('names %s and changes nothing', (_, path, content, message) => {
    scratch.put(path, content);
    const before = scratch.files(scratch.top);
    const wanted = { away: { x: '1' }, home: { a: '1', 'b/c': '2' } };
    expect(scratch.run(wanted)).toEqual({ said: [`OUTPUT_BLOCKED ${message}`] });
    expect(scratch.files(scratch.top)).toEqual(before);
  });

  it.each([
    ['of/x', 'of lies behind a file', ''],
    ['ol/x', 'ol is a link to what is no folder', '-> nowhere'],
    ['n'.repeat(300), 'has a longer name than its file system takes', ''],
  ])('names what stands above the output at %s', (path, message, content) => {
    scratch.put(path.slice(0, 2), content);
    const output = new Output(join(scratch.top, path));
    const [finding] = output.stage('home', treeOf({ a: '1' }));
    output.abort();
    expect(finding?.code).toBe('OUTPUT_BLOCKED');
    expect(finding?.message).toContain(message.replace('of lies', 'of/x lies'));
    expect(fs.readdirSync(scratch.top)).toEqual([path.slice(0, 2)]);
  });

  it('leaves what another run put into the folder that this one made', () => {
    const output = new Output(join(scratch.root, 'deeper'));
    output.stage('home', treeOf({ a: '1' }));
    scratch.put('dist/deeper/other/b', '2');
    output.abort();
    expect(scratch.files()).toEqual({ 'deeper/other/b': '2' });
  });

  it('says which file kept it from the end of a commit', () => {
    const error = Object.assign(new Error('no'), {
      code: 'EPERM',
      path: `${scratch.root}/.wayleave-staging-1/tree/home/a`,
      dest: `${scratch.root}/home/a`,
    });
    const message = new Output(scratch.root).blockage(error)?.message;
    expect(message).toContain('dist/home/a may not be changed');
  });

  it('names every obstacle of a cluster at once', () => {
    fs.mkdirSync(join(scratch.root, 'home/a'), { recursive: true });
    fs.mkdirSync(join(scratch.root, 'home/b'));
    expect(scratch.run({ home: { a: '1', b: '2' } }).said).toHaveLength(2);
  });

  it.each([
    ['ENOSPC', 'cannot be written: the disk is full'],
    ['EROFS', 'lies on a file system that is read-only'],
    ['EDQUOT', 'cannot be written: the quota is used up'],
  ])('says what %s means, once, and cleans up', (code, problem) => {
    scratch.run({ home: { a: '1' } });
    const before = scratch.files();
    let calls = 0;
    const failing: Disk = {
      ...fs,
      writeFileSync: (path, data, options) => {
        if (++calls > 2) throw Object.assign(new Error(code), { code, path });
        fs.writeFileSync(path, data, options);
      },
    };
    const { said } = scratch.run({ home: { a: '2', b: '3' }, x: { a: '1' }, y: { a: '1' } }, failing);
    expect(said).toEqual([`OUTPUT_BLOCKED dist ${problem}`]);
    expect(scratch.files()).toEqual(before);
  });

  it('leaves no output folder behind that was not there', () => {
    const output = new Output(join(scratch.root, 'deeper'));
    output.stage('home', treeOf({ a: '1' }));
    output.abort();
    expect(fs.readdirSync(scratch.top)).toEqual([]);
  });

  it('does not commit after an error', () => {
    fs.writeFileSync(scratch.root, '');
    const output = new Output(scratch.root);
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
    const before = <T extends unknown[]>(change: (...args: T) => void) => {
      return (...args: T) => {
        if (moving && left-- === 0) throw new Error('killed');
        change(...args);
      };
    };
    const disk: Disk = {
      ...fs,
      renameSync: before(fs.renameSync),
      unlinkSync: before(fs.unlinkSync),
      rmdirSync: before(fs.rmdirSync),
      rmSync: before(fs.rmSync),
    };
    const output = new Output(scratch.root, disk);
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
        fs.rmSync(scratch.root, { recursive: true, force: true });
        scratch.run(before);
        if (!killed(stops)) break;
        expect(scratch.run(next).said).toEqual([]);
        const orphan = next === before ? scratch.files() : {};
        expect(scratch.files()).toEqual({ ...pick(orphan, 'new/'), ...expected(next) });
      }
      expect(stops).toBeGreaterThan(5);
    }
  });

  it('loses nothing to a failed run in between', () => {
    scratch.run(before);
    expect(killed(3)).toBe(true);
    fs.mkdirSync(join(scratch.root, 'home/zz'));
    expect(scratch.run({ home: { ...other.home, zz: '1' } }).said).toEqual([
      'OUTPUT_BLOCKED dist/home/zz is a folder where a file should be',
    ]);
    fs.rmdirSync(join(scratch.root, 'home/zz'));
    expect(scratch.run(other).said).toEqual([]);
    expect(scratch.files()).toEqual(expected(other));
  });
});

function pick(files: Record<string, string>, prefix: string): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith(prefix)));
}

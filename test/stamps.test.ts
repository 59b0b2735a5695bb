import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

interface Stamps {
  readonly digest: string;
  readonly settled: boolean;
}
const { stampsOf } = jest.requireActual<{ stampsOf(files: readonly string[]): Stamps }>('../bin/launch/stamps');

let folder: string;
const file = (): string => path.join(folder, 'a.ts');

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wayleave-stamps-'));
  fs.writeFileSync(file(), 'one');
});

afterEach(() => fs.rmSync(folder, { recursive: true }));

it('are the same for files that nobody touched', () => {
  expect(stampsOf([file()]).digest).toBe(stampsOf([file()]).digest);
});

it('differ after an edit of the same length whose time of modification was put back', () => {
  const { digest } = stampsOf([file()]);
  const { atime, mtime } = fs.statSync(file());
  fs.rmSync(file());
  fs.writeFileSync(file(), 'two');
  fs.utimesSync(file(), atime, mtime);
  expect(stampsOf([file()]).digest).not.toBe(digest);
});

it('are settled once a further write would show in them', () => {
  expect(stampsOf([process.execPath]).settled).toBe(true);
  expect(stampsOf([process.execPath, file()]).settled).toBe(false);
});

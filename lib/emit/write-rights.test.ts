import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Rights do not bind root, as which many a CI runs. So the writing is done by a process of its own, which is
 * nobody's where this one is root's.
 */
const NOBODY = 65534;
const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

const SCRIPT = `
import { Tree } from './tree';
import { Output } from './write';
const output = new Output(process.argv[2]);
const tree = new Tree();
tree.add('a/b', '2', 'test');
const findings = output.stage('home', tree);
if (findings.length > 0) output.abort();
else output.commit();
console.log(JSON.stringify(findings.map(({ code, message }) => code + ' ' + message)));
`;

let top: string;
let root: string;

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'wayleave-rights-'));
  chmodSync(top, 0o755);
  root = join(top, 'dist');
  const esbuild = require.resolve('esbuild/bin/esbuild');
  const made = spawnSync(esbuild, ['--bundle', '--platform=node', '--loader=ts', `--outfile=${top}/run.js`], {
    input: SCRIPT,
    cwd: __dirname,
    encoding: 'utf8',
  });
  expect(made.status).toBe(0);
});

afterAll(() => rmSync(top, { recursive: true }));

beforeEach(() => {
  mkdirSync(join(root, 'home/a'), { recursive: true });
  writeFileSync(join(root, 'home/a/b'), '1');
  if (user.uid !== undefined)
    for (const path of ['.', 'home', 'home/a', 'home/a/b']) chownSync(join(root, path), user.uid, user.gid);
});

afterEach(() => {
  for (const path of ['.', 'home', 'home/a', 'home/a/b']) chmodSync(join(root, path), 0o755);
  rmSync(root, { recursive: true });
});

function said(): string[] {
  const { stdout, stderr } = spawnSync(process.execPath, [join(top, 'run.js'), root], {
    encoding: 'utf8',
    cwd: '/',
    ...user,
  });
  expect(stderr).toBe('');
  return (JSON.parse(stdout) as string[]).map((message) => message.replaceAll(root.slice(1), 'dist'));
}

const RIGHTS = 'may not be read or written by this user';

it.each([
  ['the output', '.', 0o555, /^OUTPUT_BLOCKED dist /],
  ['a cluster’s folder that need not change', 'home', 0o555, undefined],
  ['a folder in which a file changes', 'home/a', 0o555, /^OUTPUT_BLOCKED dist\/home\/a /],
  ['a file that cannot be read', 'home/a/b', 0o000, /^OUTPUT_BLOCKED dist\/home\/a\/b /],
])('names %s where it is protected, and changes nothing', (_, path, mode, expected) => {
  chmodSync(join(root, path), mode);
  const messages = said().filter((message) => !message.startsWith('FILE_EDITED'));
  chmodSync(join(root, path), 0o755);
  expect(readdirSync(root)).toEqual(['home']);
  if (expected === undefined) {
    expect(messages).toEqual([]);
    return;
  }
  expect(messages).toEqual([expect.stringMatching(expected)]);
  expect(messages[0]).toContain(RIGHTS);
  expect(readFileSync(join(root, 'home/a/b'), 'utf8')).toBe('1');
});

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { smallSpec } from './support/spec';

const LAUNCHER = join(__dirname, '..', 'bin/wayleave.js');

let cwd: string;
beforeEach(() => (cwd = mkdtempSync(join(tmpdir(), 'wayleave-broken-'))));
afterEach(() => rmSync(cwd, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
}

interface Report {
  readonly clusters: readonly string[];
  readonly findings: readonly { code: string; message: string; fix?: string; places: readonly object[] }[];
}

function check(): Report {
  const { stdout, stderr } = spawnSync(process.execPath, [LAUNCHER, 'check', '--format', 'json'], {
    cwd,
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Report;
}

const good = (name: string) => `export default ${JSON.stringify(smallSpec({ name }))};`;

test('specs that cannot be compiled are said with file, line and column, and hide no other', () => {
  write('clusters/a.ts', 'export default {\n  a: 1\n  b: 2,\n};');
  write('clusters/b.ts', "import { x } from './nowhere';\nexport default x;");
  write('clusters/c.ts', "import { x } from 'nobody';\nexport default x;");
  write('clusters/d.ts', "import { x } from '../parts/torn';\nexport default x;");
  write('parts/torn.ts', 'export const x = {');
  write('clusters/e.ts', good('e'));
  write('clusters/f.ts', 'process.exit(0);');
  const { clusters, findings } = check();
  expect(clusters).toEqual(['e']);
  const syntax = findings.filter(({ code }) => code === 'SPEC_SYNTAX');
  expect(syntax.map(({ places: [place], message, fix }) => ({ ...place, message, ...(fix ? { fix } : {}) }))).toEqual([
    { file: 'clusters/a.ts', line: 3, column: 3, message: 'Expected "}" but found "b"' },
    {
      file: 'clusters/b.ts',
      line: 1,
      column: 19,
      message: 'Could not resolve "./nowhere"',
      fix: 'correct the path, or write the file that it names',
    },
    { file: 'clusters/c.ts', line: 1, column: 19, message: 'Could not resolve "nobody"', fix: 'npm install nobody' },
    { file: 'clusters/f.ts', message: 'the module fails when it is run: it calls process.exit' },
    { file: 'parts/torn.ts', line: 1, column: 19, message: 'Expected identifier but found end of file' },
  ]);
});

test('a spec that holds itself is refused like any other', () => {
  const start = `const spec: any = ${JSON.stringify(smallSpec({ name: 'a' }))};\n`;
  const circles =
    'spec.self = spec; spec.nodes.more = spec.nodes; spec.k3s.extraFlags = { server: {} }; spec.k3s.extraFlags.server.x = [spec];\n';
  write('clusters/a.ts', `${start}${circles}export default spec;`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [LAUNCHER, 'check'], { cwd, encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, '']);
  expect(stdout).toMatch(/SPEC_UNKNOWN_KEY +clusters\/a\.ts: self/);
  expect(stdout).toMatch(/SPEC_INVALID +clusters\/a\.ts: k3s\.extraFlags\.server\.x/);
});

test('a spec is read again once what it imports is mended', () => {
  write('clusters/d.ts', "export { spec as default } from '../parts/torn';");
  write('parts/torn.ts', 'export const spec = {');
  expect(check().clusters).toEqual([]);
  write('parts/torn.ts', `export const spec = ${JSON.stringify(smallSpec({ name: 'd' }))};`);
  expect(check().clusters).toEqual(['d']);
});

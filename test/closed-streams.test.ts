import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = join(__dirname, '..', 'bin', 'wayleave.js');

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'wayleave-streams-'));
  mkdirSync(join(cwd, 'clusters'));
});
afterEach(() => {
  rmSync(cwd, { recursive: true });
});

function bash(script: string) {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NODE: process.execPath, PROGRAM: program },
  });
  return { code: status, out: stdout, err: stderr };
}

test('a reader who has seen enough is no fault', () => {
  const { out, err } = bash('{ "$NODE" "$PROGRAM" explain; echo "$?" >&2; } | true');
  expect({ out, err }).toEqual({ out: '', err: '0\n' });
});

test('a full disk behind the output is said, in a sentence', () => {
  const { code, err } = bash('"$NODE" "$PROGRAM" explain > /dev/full');
  expect(code).toBe(1);
  expect(err).toMatch(/^wayleave: cannot print: ENOSPC[^\n]*\n$/);
});

test('specs that cannot be read are left to the command, which names them all', () => {
  mkdirSync(join(cwd, 'clusters/a.ts'));
  symlinkSync('nowhere', join(cwd, 'clusters/b.ts'));
  writeFileSync(join(cwd, 'clusters/c.ts'), 'export default 5;');
  const { code, err } = bash('"$NODE" "$PROGRAM" synth');
  expect(code).toBe(1);
  for (const name of ['a', 'b', 'c']) expect(err).toContain(`error SPEC_SYNTAX  clusters/${name}.ts\n`);
  expect(err).toContain('3 errors');
});

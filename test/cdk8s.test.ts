import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { ClusterSpec } from '../lib/spec/cluster';
import { readTree } from './support/host';
import { smallSpec } from './support/spec';

const ROOT = join(__dirname, '..');
const CLI = join(ROOT, 'node_modules/cdk8s-cli/bin/cdk8s');

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'wayleave-cdk8s-'));
  mkdirSync(join(cwd, 'clusters'));
  const config = {
    language: 'typescript',
    app: `${process.execPath} ${join(ROOT, 'bin/wayleave.js')} synth`,
    output: '.synth',
    validations: [{ package: join(ROOT, 'bin/cdk8s'), version: '0.1.0', class: 'WayleaveValidation' }],
  };
  writeFileSync(join(cwd, 'cdk8s.yaml'), stringify(config));
});
afterAll(() => rmSync(cwd, { recursive: true }));

function synth(spec: ClusterSpec, ...args: string[]) {
  writeFileSync(join(cwd, 'clusters/small.yaml'), stringify(spec, { aliasDuplicateObjects: false }));
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'synth', ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false', NO_COLOR: '1' },
  });
  return { status, stdout, stderr };
}

const twins = smallSpec({
  nodes: {
    a: { role: 'server', addresses: { lan: '192.168.50.11' } },
    b: { role: 'agent', addresses: { lan: '192.168.50.11' } },
  },
});

test('the version that cdk8s.yaml names is that of the package', () => {
  const read = (file: string) => parse(readFileSync(join(ROOT, file), 'utf8')) as Record<string, unknown>;
  expect(read('cdk8s.yaml').validations).toMatchObject([{ version: read('package.json').version }]);
});

/** One after another: each starts from what the one before left. */
test('`cdk8s synth` of a good cluster, of one with a warning, of a bad one, and without the plugin', () => {
  const first = synth(twins);
  expect(first.stdout).toContain('ADDRESS_OVERLAP');
  expect({ status: first.status, dist: existsSync(join(cwd, 'dist')) }).toEqual({ status: 2, dist: false });

  const good = synth(smallSpec());
  expect(good.stdout).toContain('.synth/small/policies');
  expect(good).toMatchObject({ status: 0, stdout: expect.stringContaining('success') as string });
  const written = readTree(join(cwd, 'dist'));

  const report = join(cwd, 'report.json');
  const bad = synth(twins, '--validation-reports-output-file', report);
  expect(bad.status).toBe(2);
  expect(bad.stderr).toContain('nothing was written to dist/');
  expect(bad.stdout).toContain('ADDRESS_OVERLAP (2 occurrences)');
  expect(bad.stdout).toContain('Manifest Path: clusters/small.yaml');
  expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
    reports: [
      { summary: { status: 'failure', metadata: { errors: '1' } }, violations: [{ ruleName: 'ADDRESS_OVERLAP' }] },
    ],
  });
  expect(readTree(join(cwd, 'dist'))).toEqual(written);

  const alone = synth(twins, '--no-validate');
  expect(alone.status).toBe(1);
  expect(alone.stderr).toContain('error ADDRESS_OVERLAP  clusters/small.yaml:');
  expect(readTree(join(cwd, 'dist'))).toEqual(written);

  const doubtful = synth(smallSpec({ accept: [{ code: 'PORT_TWICE', at: 'ingress[0]', reason: 'gone' }] }));
  expect(doubtful).toMatchObject({ status: 0, stdout: expect.stringContaining('ACCEPT_UNUSED') as string });
}, 60_000);

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { transformSync } from '@swc/core';
import { parse, stringify } from 'yaml';
import { main } from '../../main';
import { readTree, testHost } from '../../test/support/host';
import { over } from './example';

const GUIDE = readFileSync(join(__dirname, '../../docs/guide/spec.md'), 'utf8');

/** The fenced blocks of one language, in order. */
function fenced(language: string): string[] {
  return [...GUIDE.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text);
}

/** The steps of the guide laid over one another. */
function whole(): Record<string, unknown> {
  return fenced('yaml').reduce<unknown>((spec, step) => over(spec, parse(step)), {}) as Record<string, unknown>;
}

/** What the module in the guide exports. */
function moduleOf(source: string): unknown {
  const { code } = transformSync(source, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const module = { exports: {} as { default?: unknown } };
  runInNewContext(code, { module, exports: module.exports });
  return module.exports.default;
}

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'wayleave-guide-'));
  mkdirSync(join(cwd, 'clusters'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

async function run(command: string, spec: Record<string, unknown>) {
  writeFileSync(join(cwd, 'clusters/cabin.yaml'), stringify(spec));
  const { host, printed } = testHost(cwd);
  return { code: await main([command, 'cabin'], host), ...printed };
}

test('its steps add up to a cluster that synthesises without a finding', async () => {
  expect(await run('synth', whole())).toMatchObject({ code: 0, err: '' });
  const tree = readTree(join(cwd, 'dist/cabin'));
  expect([...tree.keys()]).toEqual(
    expect.arrayContaining(['NETWORK.md', 'hosts/shed/etc/rancher/k3s/config.yaml', 'argocd/argocd.k8s.yaml']),
  );
});

test('both forms hold the same data', () => {
  const [module = ''] = fenced('ts');
  expect(JSON.parse(JSON.stringify(moduleOf(module)))).toEqual(whole());
});

test('the finding it accepts is printed as it says', async () => {
  const { accept: _, ...spec } = whole();
  const { code, err } = await run('plan', spec);
  const [shown = ''] = fenced('text');
  expect(code).toBe(1);
  const lines = err.split('\n').map((line) => line.replace(/clusters\/cabin\.yaml:\d+:\d+ \((.*)\)/, '$1'));
  expect(lines).toEqual(expect.arrayContaining(shown.trimEnd().split('\n')));
});

test('the schema that its modeline names is there', () => {
  const [, path = ''] = /\$schema=(\S+)/.exec(GUIDE) ?? [];
  expect(() => readFileSync(join(__dirname, '../../clusters', path))).not.toThrow();
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { main } from '../../main';
import { readTree, testHost } from '../../test/support/host';

const GUIDE = readFileSync(join(__dirname, '../../docs/guide/policies.md'), 'utf8');

/** The fenced block with those words behind its fence. */
function fenced(info: string): string {
  const text = new RegExp(`^\`\`\`${info}\\n([^]*?)^\`\`\`$`, 'm').exec(GUIDE)?.[1];
  if (text === undefined) throw new Error(`no block ${info}`);
  return text;
}

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'wayleave-policies-'));
  mkdirSync(join(cwd, 'clusters'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

async function run(command: string, more: object = {}) {
  const spec = parse(fenced('yaml')) as object;
  writeFileSync(join(cwd, 'clusters/market.yaml'), stringify({ ...spec, ...more }));
  const { host, printed } = testHost(cwd);
  return { code: await main([command, 'market'], host), ...printed };
}

/** Formatters quote text in a page otherwise than the tree has it. */
const shop = () => parseAllDocuments(written('policies/shop.k8s.yaml')).map((document) => document.toJS() as unknown);

const written = (path: string) => readTree(join(cwd, 'dist/market')).get(path)?.toString() ?? '';

test('the policy and the table are what its spec gives', async () => {
  expect((await run('synth')).code).toBe(0);
  expect(shop()).toContainEqual(parse(fenced('yaml policy')));
  for (const line of fenced('text matrix').trimEnd().split('\n')) expect(written('NETWORK.md')).toContain(line);
});

test('so is the policy for Cilium', async () => {
  expect((await run('synth', { cni: { kind: 'cilium' }, firewall: { kind: 'none' } })).code).toBe(0);
  expect(shop()).toContainEqual(parse(fenced('yaml cilium')));
});

test('its assertions hold', async () => {
  expect((await run('test', parse(fenced('yaml tests')) as object)).code).toBe(0);
});

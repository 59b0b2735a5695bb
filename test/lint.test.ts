import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const repository = path.join(__dirname, '..');
const settings = ['eslint.config.mjs', '.dependency-cruiser.cjs', 'tsconfig.json', 'scripts/lint', 'package.json'];

let root: string;

/** A tree with the repository's lint settings and these files. */
function plant(files: Readonly<Record<string, string>>): void {
  root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'wayleave-lint-')));
  for (const name of settings) fs.cpSync(path.join(repository, name), path.join(root, name), { recursive: true });
  fs.symlinkSync(path.join(repository, 'node_modules'), path.join(root, 'node_modules'));
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), `${text}\n`);
  }
}

/** What the tool prints as JSON; a tool that fails to run prints none. */
function lint(tool: string, ...args: string[]): unknown {
  const { stdout, stderr } = spawnSync(path.join(repository, 'node_modules', '.bin', tool), args, {
    cwd: root,
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

afterEach(() => {
  fs.rmSync(root, { recursive: true, force: true });
});

/** One planted fault a file, and the rule that must report it; no rule where the file is in order. */
const faults: Readonly<Record<string, readonly [text: string, rule?: string]>> = {
  'lib/plan/ipv4.ts': [`export const dns = 'ask 10.43.0.10 first';`, 'wayleave/no-ip-literal'],
  'lib/plan/cidr.ts': [`export const pods = '10.42.0.0/16';`, 'wayleave/no-ip-literal'],
  'lib/plan/ipv6.ts': [`export const peer = 'fe80::1';`, 'wayleave/no-ip-literal'],
  'lib/plan/everything.ts': [`export const all = '::/0';`, 'wayleave/no-ip-literal'],
  'lib/plan/bracketed.ts': [`export const url = 'https://[fd00:1::5]:6443';`, 'wayleave/no-ip-literal'],
  'lib/plan/template.ts': [
    'export const route = (device: string): string => `192.168.1.0/24 dev ${device}`;',
    'wayleave/no-ip-literal',
  ],
  'main.ts': [`export const loopback = '127.0.0.1:6444';`, 'wayleave/no-ip-literal'],
  'lib/plan/version.ts': [
    `export const versions = ['v1.34.6+k3s1', '39.0.5', 'spec::node', 'https://[::]', '12:30', '::'];`,
  ],
  'lib/net/well-known-k3s.ts': [`export const pods = '10.42.0.0/16';`],
  'clusters/home.ts': [`export default { lan: '192.168.1.0/24' };`],
  'lib/plan/address.test.ts': [`export const pods = '10.42.0.0/16';`],
  'lib/plan/any.ts': [`export const raw = (): any => 1;`, '@typescript-eslint/no-explicit-any'],
  'lib/plan/comment.ts': [`// @ts-ignore\nexport const one = 1;`, '@typescript-eslint/ban-ts-comment'],
  'lib/plan/locale.ts': [
    `export const sort = (names: string[]): string[] => names.sort((a, b) => a.localeCompare(b));`,
    'no-restricted-syntax',
  ],
  'lib/plan/intl.ts': [`export const collator = new Intl.Collator();`, 'no-restricted-syntax'],
  'lib/plan/now.ts': [`export const now = (): number => Date.now();`, 'no-restricted-globals'],
  'lib/plan/dice.ts': [`export const dice = (): number => Math.random();`, 'no-restricted-properties'],
  'lib/plan/floating.ts': [
    `export const go = (work: () => Promise<void>): void => {\n  work();\n};`,
    '@typescript-eslint/no-floating-promises',
  ],
  'lib/plan/printed.ts': [
    'export const print = (value: string | undefined): string => `${value}`;',
    '@typescript-eslint/restrict-template-expressions',
  ],
  'lib/plan/excused.ts': [
    `// eslint-disable-next-line no-restricted-globals\nexport const now = (): number => Date.now();`,
    'no-restricted-globals',
  ],
  'lib/plan/skipped.test.ts': [`it.skip('later', () => undefined);`, 'no-restricted-properties'],
  'lib/plan/long.ts': [`${'\n'.repeat(300)}export const end = 1;`, 'max-lines'],
};

it('eslint reports every planted fault, and nothing else', () => {
  plant(Object.fromEntries(Object.entries(faults).map(([file, [text]]) => [file, text])));
  const results = lint('eslint', '.', '--format', 'json') as {
    readonly filePath: string;
    readonly messages: readonly {
      readonly ruleId: string | null;
      readonly severity: number;
      readonly message: string;
    }[];
  }[];
  const found = results.flatMap(({ filePath, messages }) =>
    messages
      // That an excuse has no effect is said as a warning; what it would excuse is the error.
      .filter(({ severity }) => severity === 2)
      .map(({ ruleId, message }) => `${path.relative(root, filePath)}: ${ruleId ?? message}`),
  );
  const expected = Object.entries(faults).flatMap(([file, [, rule]]) =>
    rule === undefined ? [] : [`${file}: ${rule}`],
  );
  expect([...new Set(found)].sort()).toEqual(expected.sort());
}, 60_000);

it('dependency-cruiser reports every import against the direction of the rooms, and nothing else', () => {
  const empty = 'export interface Noun { readonly name: string }\nexport const noun = 1;';
  const named = (from: string): string => `import { noun } from '${from}';\nexport const use = noun;`;
  const typed = (from: string): string => `import type { Noun } from '${from}';\nexport type Use = Noun;`;
  plant({
    'lib/text/a.ts': empty,
    'lib/net/a.ts': named('../text/a'),
    'lib/net/up.ts': typed('../spec/fields'),
    'lib/spec/fields.ts': empty,
    'lib/spec/cluster.ts': `${empty}\n${named('../components/flannel/options')}`,
    'lib/spec/up.ts': named('../components/flannel/mtu'),
    'lib/plan/up.ts': named('../components/flannel/options'),
    'lib/plan/a.ts': empty,
    'lib/components/flannel/options.ts': `${empty}\n${named('../../spec/fields')}`,
    'lib/components/flannel/mtu.ts': empty,
    'lib/components/traefik/a.ts': named('../flannel/options'),
    'lib/components/traefik/options.ts': typed('../../plan/a'),
    'lib/components/traefik/nosy.ts': named('../flannel/mtu'),
    'lib/components/registry.ts': named('./flannel/mtu'),
    'lib/checks/a.ts': named('../components/flannel/mtu'),
    'lib/checks/up.ts': named('../emit/a'),
    'lib/reach/aside.ts': named('../checks/a'),
    'lib/emit/a.ts': empty,
    'lib/emit/a.test.ts': named('../cli/a'),
    'lib/review/up.ts': named('../cli/a'),
    'lib/cli/a.ts': empty,
    'lib/cli/up.ts': named('../../main'),
    'main.ts': empty,
    'lib/plan/chicken.ts': named('./egg'),
    'lib/plan/egg.ts': named('./chicken'),
    'lib/plan/egg.test.ts': named('./hen.test'),
    'lib/plan/hen.test.ts': named('./egg.test'),
    'lib/plan/oracle.ts': `import * as oracle from 'ip-address';\nexport const use = oracle;`,
    'lib/plan/lost.ts': named('./nowhere'),
    'clusters/typed.ts': typed('../lib/spec/cluster'),
    'clusters/valued.ts': named('../lib/spec/cluster'),
    'clusters/nosy.ts': typed('../lib/plan/a'),
    'clusters/beside.ts': named('./beside-this'),
    'clusters/beside-this.ts': empty,
  });
  const { summary } = lint(
    'depcruise',
    ...['lib', 'main.ts', 'clusters', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
  ) as { summary: { violations: { from: string; rule: { name: string } }[] } };
  expect(summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`).sort()).toEqual([
    'clusters/nosy.ts: clusters-read-only-types-of-spec',
    'clusters/valued.ts: clusters-read-no-values',
    'lib/checks/up.ts: checks-reads-only-what-is-below',
    'lib/cli/up.ts: cli-reads-only-what-is-below',
    'lib/components/traefik/nosy.ts: components-know-only-the-options-of-another',
    'lib/components/traefik/options.ts: options-read-only-net-and-fields',
    'lib/net/up.ts: net-reads-only-what-is-below',
    'lib/plan/chicken.ts: no-cycles',
    'lib/plan/egg.test.ts: no-cycles',
    'lib/plan/lost.ts: no-unresolved',
    'lib/plan/oracle.ts: no-dev-dependencies-at-run-time',
    'lib/plan/up.ts: plan-reads-only-what-is-below',
    'lib/reach/aside.ts: reach-reads-only-what-is-below',
    'lib/review/up.ts: review-reads-only-what-is-below',
    'lib/spec/up.ts: spec-reads-only-what-is-below',
  ]);
}, 60_000);

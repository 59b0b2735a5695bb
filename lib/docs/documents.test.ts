import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { REGISTRY } from '../components/registry';
import { testHost } from '../../test/support/host';
import { tools } from '../../test/support/tools';
import { main } from '../../main';
import { FINDING_CODES } from '../spec/finding';
import { anchor } from '../text/markdown';
import { documents } from './documents';

const ROOT = join(__dirname, '../..');
const fresh = documents(ROOT, tools);

test('every generated document is what `node bin/wayleave.js docs` writes; run it and review the difference', async () => {
  const { host, printed } = testHost(ROOT);
  const code = await main(['docs', '--check'], host);
  expect({ code, out: printed.out }).toEqual({ code: 0, out: `${fresh.size} of ${fresh.size} documents unchanged\n` });
});

test('every registered component has a page, and the index leads to it', () => {
  const index = fresh.get('docs/components/README.md') ?? '';
  for (const { name } of REGISTRY) {
    expect([...fresh.keys()]).toContain(`docs/components/${name}.md`);
    expect(index).toContain(`](${name}.md)`);
  }
});

test('the index says how each component is asked for', () => {
  const index = fresh.get('docs/components/README.md') ?? '';
  const askedFor = [...index.matchAll(/^\|.*\| (`.*`) \|$/gm)].map(([, by]) => by);
  expect(askedFor).toContain('`cni: { kind: flannel }`');
  expect(askedFor).toContain('`mssClamp`');
});

test('whatever has options of a spec is registered', () => {
  const components = join(ROOT, 'lib', 'components');
  const withOptions = readdirSync(components).filter((name) => existsSync(join(components, name, 'options.ts')));
  const names = REGISTRY.map(({ name }) => name);
  expect(withOptions).not.toEqual([]);
  expect(withOptions.filter((name) => !names.includes(name))).toEqual([]);
});

test('every code has its section', () => {
  const page = fresh.get('docs/checks.md') ?? '';
  for (const code of FINDING_CODES) {
    expect(page).toContain(`\n## ${code}\n`);
    expect(page).toContain(`[${code}](${anchor(code)})`);
  }
});

test('links of all documents lead to files that are there', () => {
  const guide = readdirSync(join(ROOT, 'docs/guide')).map((name) => `docs/guide/${name}`);
  for (const path of [...fresh.keys(), ...guide].filter((name) => name.endsWith('.md'))) {
    const text = fresh.get(path) ?? readFileSync(join(ROOT, path), 'utf8');
    for (const [, link = ''] of text.matchAll(/\]\((?!https?:)([^)#?\s]*)(?:[#?][^)\s]*)?\)/g)) {
      if (link === '') continue;
      const target = join(dirname(path), link);
      const there =
        fresh.has(target) ||
        readdirSync(join(ROOT, dirname(target))).includes(target.split('/').at(-1) ?? '') ||
        link.endsWith('/');
      expect({ path, link, there }).toEqual({ path, link, there: true });
    }
  }
});

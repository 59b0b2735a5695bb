import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../main';
import { readTree, testHost } from './support/host';

const ROOT = join(__dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'wayleave-golden-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** The specs of `clusters/`, as the launcher would hand them over. */
function realSpecs(): Record<string, unknown> {
  const names = readdirSync(join(ROOT, 'clusters')).filter((name) => name.endsWith('.ts'));
  return Object.fromEntries(
    names.map((name) => [`clusters/${name}`, jest.requireActual<{ default: unknown }>(`../clusters/${name}`).default]),
  );
}

test('dist/ is what a fresh synth of clusters/ gives; run `npm run synth` and review the difference', async () => {
  const { host, printed } = testHost(ROOT, realSpecs());
  const code = await main(['synth', '--output', scratch], host);
  expect({ code, err: printed.err }).toEqual({ code: 0, err: '' });

  const fresh = readTree(scratch);
  const committed = readTree(join(ROOT, 'dist'));
  expect([...fresh.keys()]).toEqual([...committed.keys()]);
  const stale = [...fresh].filter(([path, text]) => committed.get(path) !== text).map(([path]) => path);
  expect(stale).toEqual([]);
});

test('no file of dist/ holds a date, an absolute path of a build machine or a value that was never set', () => {
  for (const [path, text] of readTree(join(ROOT, 'dist'))) {
    expect({
      path,
      found: text.match(/\bundefined\b|\[object Object\]|\bNaN\b|\/(home|Users|work)\/\w+/)?.[0],
    }).toEqual({ path });
  }
});

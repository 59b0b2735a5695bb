import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { placesOf, readSeeds, SEEDS } from './seeds';
import { seedsPage } from './seeds-page';

const ROOT = join(__dirname, '../..');
const seeds = readSeeds(ROOT);

test('every cluster that a text describes has its reading, and a cluster of one’s own needs none', () => {
  expect(seeds.map(({ cluster }) => cluster)).toEqual([
    'eddisonso',
    'homelab',
    'honeydue',
    'jigga',
    'nimbus',
    'nimbus-swarm',
  ]);
});

test.each(seeds.map((seed) => [seed.cluster, seed] as const))('every place of %s holds the words', (_, seed) => {
  const lost = seed.statements.flatMap((statement) =>
    placesOf(ROOT, seed, statement)
      .filter(({ line }) => line === undefined)
      .map(({ path, words }) => `${statement.lines}: ${path} lacks ${words}`),
  );
  expect(lost).toEqual([]);
});

test.each(seeds.map((seed) => [seed.cluster, seed] as const))('what is wrong in %s is told as a change', (_, seed) => {
  const wrong = seed.statements.filter((statement) => statement.wrong !== undefined);
  expect(wrong.length).toBeGreaterThan(0);
  for (const { found } of wrong) expect(Object.keys(found)).not.toEqual([]);
  expect(seed.changed).not.toEqual([]);
  expect(seed.assumed).not.toEqual([]);
});

describe('a reading', () => {
  const root = mkdtempSync(join(tmpdir(), 'wayleave-seeds-'));
  afterAll(() => rmSync(root, { recursive: true }));
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const reading = (statement: string) =>
    put(
      `${SEEDS}/home.yaml`,
      `cluster: home\ntext: home.txt\nchanged: []\nassumed: []\nstatements:\n  - lines: 3-4\n    says: a port\n${statement}`,
    );

  test('leads to the first line with the words', () => {
    reading('    found: { a.txt: second }\n');
    put('dist/home/a.txt', 'first\nsecond\nsecond\n');
    expect(seedsPage(root)).toContain('[`a.txt:2`](../dist/home/a.txt#L2) `second`');
  });

  test('a line of Markdown is led to in its source', () => {
    reading('    found: { NETWORK.md: second }\n');
    put('dist/home/NETWORK.md', 'first\nsecond\n');
    expect(seedsPage(root)).toContain('(../dist/home/NETWORK.md?plain=1#L2)');
  });

  test('says so where the words or the file are gone', () => {
    reading('    found: { a.txt: third, b.txt: [first] }\n');
    expect(seedsPage(root)).toContain('`a.txt`, **not found** `third`<br>`b.txt`, **not found** `first`');
  });

  test('with neither a place nor a reason is refused, by its path', () => {
    reading('');
    expect(() => readSeeds(root)).toThrow(/docs\/seeds\/home\.yaml.*needs a place, or a reason[^]*statements\[0\]/);
  });
});

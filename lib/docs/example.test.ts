import { parse } from 'yaml';
import { CATALOGUE } from '../checks/catalogue/catalogue';
import { SAMPLE } from '../checks/catalogue/sample';
import { FINDING_CODES } from '../spec/finding';
import { tools } from '../../test/support/tools';
import { over, printExample, runExample } from './example';

test.each(FINDING_CODES)('%s has an entry, and its example gives that code and no other', (code) => {
  const { example, meaning, fix } = CATALOGUE[code];
  expect(meaning).toMatch(/\.$/);
  expect(fix).toMatch(/\.$/);
  const codes = runExample(example, tools).flatMap(({ findings }) => findings.map((finding) => finding.code));
  expect([...new Set(codes)]).toEqual([code]);
});

test('the catalogue has no entry for a code that does not exist', () => {
  expect(Object.keys(CATALOGUE).sort()).toEqual([...FINDING_CODES].sort());
});

test('an example without a change finds nothing', () => {
  expect(printExample({ of: 'spec', text: '{}' }, tools)).toBe('');
});

test('what is printed does not tell of the folder it was tried in', () => {
  expect(printExample(CATALOGUE.OUTPUT_BLOCKED.example, tools)).toContain('  dist/home/NETWORK.md is a folder');
});

test('a part laid over a whole: mappings are merged, lists and values replaced, the whole is left as it was', () => {
  const base: unknown = parse(SAMPLE);
  expect(over({ a: { b: 1, c: 2 }, d: [1, 2] }, { a: { c: 3 }, d: [4] })).toEqual({ a: { b: 1, c: 3 }, d: [4] });
  over(base, { name: 'other', networks: { lan: { mtuBytes: 600 } } });
  expect(base).toEqual(parse(SAMPLE));
});

test('threads are named by repository and number', () => {
  const seen = Object.values(CATALOGUE).flatMap((entry) => entry.seen ?? []);
  for (const thread of seen) expect(thread).toMatch(/^[\w.-]+\/[\w.-]+#\d+$/);
  expect(new Set(seen).size).toBe(seen.length);
});

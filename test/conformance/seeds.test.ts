import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSeeds, type Seed } from '../../lib/docs/seeds';
import { reference } from './reference';

const seeds = readSeeds(join(__dirname, '..', '..'));

/** An address, a port, a flag or setting, or a name of public DNS. */
const STATES =
  /\d+\.\d+\.\d+\.\d+|\b\d{2,5}\/(tcp|udp)\b|:\d{2,5}\b|\b\w+[._]\w+=\w+|--[a-z]|`[^`]+`|\b\w+\.(xyz|com)\b/;

/** Lines of a text that any of its readings covers: one may describe several clusters. */
function covered(readings: readonly Seed[]): Set<number> {
  const spans = readings
    .flatMap(({ statements }) => statements)
    .flatMap(({ lines }) => lines.split(', ').map((span) => span.split('-').map(Number)));
  return new Set(
    spans.flatMap(([first = 0, last = first]) => Array.from({ length: last - first + 1 }, (_, i) => first + i)),
  );
}

test.each([...new Set(seeds.map(({ text }) => text))])('no line of %s is passed over', (text) => {
  const lines = readFileSync(reference('..', 'seeds', text), 'utf8').split('\n');
  const read = covered(seeds.filter((seed) => seed.text === text));
  expect(Math.max(...read)).toBeLessThanOrEqual(lines.length);
  const missed = lines.flatMap((line, i) => (STATES.test(line) && !read.has(i + 1) ? [`${i + 1}: ${line}`] : []));
  expect(missed).toEqual([]);
});

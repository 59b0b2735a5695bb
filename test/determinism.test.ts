import fc from 'fast-check';
import homelab from '../clusters/homelab';
import honeydue from '../clusters/honeydue';
import jigga from '../clusters/jigga';
import { bind, REGISTRY } from '../lib/components/registry';
import { document } from '../lib/emit/document/document';
import { emit } from '../lib/emit/emit';
import { resolve } from '../lib/plan/resolve';
import { parseCluster } from '../lib/spec/parse';

/** Every file of a spec's tree, with the components taken in the given order. */
function files(raw: unknown, registry = REGISTRY): Map<string, string> {
  const spec = parseCluster(raw).value;
  if (spec === undefined) throw new Error('the spec is not right');
  const parts = bind(registry, spec);
  const plan = resolve(spec, parts).value;
  if (plan === undefined) throw new Error('the spec gives no plan');
  const tree = emit(plan, parts, document).value;
  if (tree === undefined) throw new Error('the plan gives no tree');
  return new Map(tree.files().map(({ path, content }) => [path, content]));
}

/** The same value with the keys of every object in another order. Lists keep theirs, which may mean something. */
function shuffled(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, random));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, item]) => ({ key, item: shuffled(item, random), rank: random() }));
  return Object.fromEntries(entries.sort((a, b) => a.rank - b.rank).map(({ key, item }) => [key, item]));
}

describe.each(Object.entries({ honeydue, homelab, jigga }))('%s', (_, spec) => {
  const expected = files(spec);

  test('the order of keys in a spec changes no byte of the output', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (ranks) => {
        expect(files(shuffled(spec, () => ranks.next().value as number))).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });

  test('the order of the registry changes no byte of the output', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...REGISTRY], { minLength: REGISTRY.length }), (registry) => {
        expect(files(spec, registry)).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });
});

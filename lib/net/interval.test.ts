import fc from 'fast-check';
import {
  contains,
  difference,
  equals,
  intersection,
  normalise,
  overlaps,
  union,
  type Interval,
  type Intervals,
} from './interval';

/** A picture, one column a value: `#` is in the set. */
function draw(picture: string): Intervals<number> {
  return [...picture.matchAll(/#+/g)].map(({ index, 0: run }) => ({ first: index, last: index + run.length - 1 }));
}

function picture(set: Intervals<number>, width: number): string {
  return Array.from({ length: width }, (_, i) => (set.some((x) => x.first <= i && i <= x.last) ? '#' : '.')).join('');
}

describe('two sets, every way they can lie', () => {
  test.each([
    // name               a            b            a ∪ b        a ∩ b        a ∖ b
    ['apart', '##......', '.....##.', '##...##.', '........', '##......'],
    ['touching', '###.....', '...###..', '######..', '........', '###.....'],
    ['overlapping', '####....', '..####..', '######..', '..##....', '##......'],
    ['equal', '..###...', '..###...', '..###...', '..###...', '........'],
    ['inside', '######..', '..##....', '######..', '..##....', '##..##..'],
    ['around', '..##....', '######..', '######..', '..##....', '........'],
    ['same start', '####....', '##......', '####....', '##......', '..##....'],
    ['same end', '..####..', '....##..', '..####..', '....##..', '..##....'],
    ['one bridges two', '##...##.', '.#####..', '#######.', '.#...#..', '#.....#.'],
    ['comb in a block', '#######.', '.#.#.#..', '#######.', '.#.#.#..', '#.#.#.#.'],
    ['interlocking', '#.#.#.#.', '.#.#.#.#', '########', '........', '#.#.#.#.'],
    ['one is empty', '..##....', '........', '..##....', '........', '..##....'],
  ])('%s', (_, a, b, either, both, rest) => {
    const width = a.length;
    expect(picture(union(draw(a), draw(b)), width)).toBe(either);
    expect(picture(intersection(draw(a), draw(b)), width)).toBe(both);
    expect(picture(difference(draw(a), draw(b)), width)).toBe(rest);
    expect(overlaps(draw(a), draw(b))).toBe(both.includes('#'));
    expect(contains(draw(a), draw(b))).toBe(both === b);
    expect(equals(draw(a), draw(b))).toBe(a === b);
  });
});

/** The same sets as plain lists of members, which need no algebra to be right. */
const UNIVERSE = Array.from({ length: 24 }, (_, i) => i);

function members(set: Intervals<number>): number[] {
  return UNIVERSE.filter((value) => set.some(({ first, last }) => first <= value && value <= last));
}

const anyInterval: fc.Arbitrary<Interval<number>> = fc
  .tuple(fc.nat(UNIVERSE.length - 1), fc.nat(UNIVERSE.length - 1))
  .map(([a, b]) => ({ first: Math.min(a, b), last: Math.max(a, b) }));
const unsorted = fc.array(anyInterval, { maxLength: 8 });
const anySet = unsorted.map((intervals) => normalise(intervals));

function expectNormal(set: Intervals<number>): void {
  for (const [i, { first, last }] of set.entries()) {
    expect(first).toBeLessThanOrEqual(last);
    const next = set[i + 1];
    if (next !== undefined) expect(next.first).toBeGreaterThan(last + 1);
  }
}

describe('against plain lists of members', () => {
  test('normalise keeps the members, and sets of equal members have one normal form', () => {
    fc.assert(
      fc.property(unsorted, fc.infiniteStream(fc.nat()), (intervals, random) => {
        const set = normalise(intervals);
        expectNormal(set);
        expect(members(set)).toEqual(members(intervals));
        const shuffled = intervals
          .map((interval) => ({ interval, place: random.next().value as number }))
          .sort((a, b) => a.place - b.place)
          .map(({ interval }) => interval);
        expect(normalise(shuffled)).toEqual(set);
        expect(normalise(members(set).map((value) => ({ first: value, last: value })))).toEqual(set);
      }),
    );
  });

  test('union, intersection and difference', () => {
    fc.assert(
      fc.property(anySet, anySet, (a, b) => {
        const [inA, inB] = [members(a), members(b)];
        for (const result of [union(a, b), intersection(a, b), difference(a, b)]) expectNormal(result);
        expect(members(union(a, b))).toEqual(UNIVERSE.filter((value) => inA.includes(value) || inB.includes(value)));
        expect(members(intersection(a, b))).toEqual(inA.filter((value) => inB.includes(value)));
        expect(members(difference(a, b))).toEqual(inA.filter((value) => !inB.includes(value)));
      }),
    );
  });

  test('contains, overlaps and equals', () => {
    fc.assert(
      fc.property(anySet, anySet, (a, b) => {
        const [inA, inB] = [members(a), members(b)];
        expect(contains(a, b)).toBe(inB.every((value) => inA.includes(value)));
        expect(overlaps(a, b)).toBe(inB.some((value) => inA.includes(value)));
        expect(equals(a, b)).toBe(inA.join() === inB.join());
      }),
    );
  });
});

describe('laws', () => {
  const all = draw('#'.repeat(UNIVERSE.length));
  const not = (set: Intervals<number>) => difference(all, set);

  test('De Morgan, and a double complement changes nothing', () => {
    fc.assert(
      fc.property(anySet, anySet, (a, b) => {
        expect(not(union(a, b))).toEqual(intersection(not(a), not(b)));
        expect(not(intersection(a, b))).toEqual(union(not(a), not(b)));
        expect(not(not(a))).toEqual(a);
      }),
    );
  });

  test('commutative, associative, distributive, absorbing', () => {
    fc.assert(
      fc.property(anySet, anySet, anySet, (a, b, c) => {
        expect(union(a, b)).toEqual(union(b, a));
        expect(intersection(a, b)).toEqual(intersection(b, a));
        expect(union(a, union(b, c))).toEqual(union(union(a, b), c));
        expect(intersection(a, union(b, c))).toEqual(union(intersection(a, b), intersection(a, c)));
        expect(union(a, intersection(a, b))).toEqual(a);
        expect(union(difference(a, b), intersection(a, b))).toEqual(a);
      }),
    );
  });
});

test('bigint far above 2^53 keeps every value apart', () => {
  const high = 1n << 127n;
  expect(
    normalise([
      { first: high + 1n, last: high + 1n },
      { first: high, last: high },
    ]),
  ).toEqual([{ first: high, last: high + 1n }]);
  expect(difference([{ first: high, last: high + 2n }], [{ first: high + 1n, last: high + 1n }])).toEqual([
    { first: high, last: high },
    { first: high + 2n, last: high + 2n },
  ]);
});

import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { over } from '../../lib/docs/example';
import { printPath, type Finding, type SpecPath } from '../../lib/spec/finding';
import { parseCluster } from '../../lib/spec/parse';
import { isMapping, valueAt } from '../../lib/spec/walk';
import { walk } from '../../main';
import { baseOf, put, readFixtures } from './fixture';
import { SPEC_FAULTS, type SpecFault } from './spec-faults';

/** A fault that is found from a plan, and the base it is laid over. */
interface Planned {
  readonly base: string;
  readonly fault: unknown;
  readonly file: string;
}

const fixtures = readFixtures().filter(({ of, notices }) => of === 'spec' && !notices);
const found = (raw: unknown) => walk({ file: 'spec.yaml', raw, locate: printPath }, 'plan').findings;
const written = (raw: unknown) => parseCluster(raw).findings;
const laid = (base: string, parts: readonly unknown[]) => parts.reduce(over, baseOf(base).raw);

const PLANNED: readonly Planned[] = fixtures.filter(
  ({ base, fault }) => written(laid(base, [fault])).length === 0 && found(laid(base, [fault])).length > 0,
);

/**
 * Fixtures of what is written, of those that leave something to plan. Some of their gateways have no other port, and of
 * two hosts of one name theirs mend the one that is not to be changed first.
 */
const WRITTEN: readonly SpecFault[] = fixtures.flatMap(({ base, code, fault, near }) => {
  const { findings, plannable } = parseCluster(laid(base, [fault]));
  const hides = ['apps.web.hosts', ...findings.flatMap(({ at }) => at.map((path) => printPath(path.slice(0, -1))))];
  if (code === 'HOST_TWICE') return [];
  return findings.length > 0 && plannable !== undefined && isMapping(fault) && isMapping(near)
    ? [{ base, fault, near, hides }]
    : [];
});

const FAULTS = [...SPEC_FAULTS, ...WRITTEN];

test('every one of these faults is found by itself, and leaves a plan of which nothing is said', () => {
  for (const { base, fault, near } of FAULTS) {
    const raw = laid(base, [fault]);
    expect({ fault, found: written(raw).length > 0 }).toEqual({ fault, found: true });
    expect({ fault, plannable: parseCluster(raw).plannable !== undefined }).toEqual({ fault, plannable: true });
    expect({ fault, found: found(raw) }).toEqual({ fault, found: written(raw) });
    expect({ near, found: found(laid(base, [near])) }).toEqual({ near, found: [] });
  }
});

/** Each code at each place. */
function said(findings: readonly Finding[]): string[] {
  return findings.flatMap(({ code, at }) => at.map((path) => `${code} ${printPath(path)}`));
}

/** Patches laid over a base, whichever comes first; undefined where one of them is over another. */
function together(base: string, patches: readonly unknown[]): unknown {
  const spec = laid(base, patches);
  return isDeepStrictEqual(spec, laid(base, patches.toReversed())) ? spec : undefined;
}

/**
 * What is found beside faults, held against what is found once they are mended. Undefined where these cannot be together:
 * one is over another, brings a third, or mends it.
 */
function difference(base: string, faults: readonly SpecFault[], others: readonly unknown[]) {
  const mended = together(base, [...others, ...faults.map(({ near }) => near)]);
  const faulty = together(base, [...others, ...faults.map(({ fault }) => fault)]);
  if (mended === undefined || faulty === undefined) return undefined;
  const [before, after] = [found(mended), found(faulty)];
  const { findings, plannable } = parseCluster(faulty);
  const [own, alone] = [said(findings), faults.flatMap(({ fault }) => said(written(laid(base, [fault]))))];
  if (written(mended).length > 0 || !isDeepStrictEqual(new Set(own), new Set(alone))) return undefined;
  const hidden = faults.flatMap(({ hides = [] }) => hides);
  const waits = ({ at }: Finding) => at.some((path) => hidden.some((place) => printPath(path).startsWith(place)));
  const lost = said(before.filter((one) => !waits(one))).filter((one) => !said(after).includes(one));
  const extra = said(after).filter((one) => !own.includes(one) && !said(before).includes(one));
  return { spec: faulty, isPlanned: plannable !== undefined, lost, extra };
}

/** Bases alike in all but their ingress, so that the faults of one are such over another too. */
const LIKE: Readonly<Record<string, string>> = { home: 'home', gateway: 'home', swarm: 'swarm' };

test('beside faults of what is written all is found that is found once they are mended, and nothing else', () => {
  let compared = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...FAULTS).chain((one) => {
        return fc.tuple(
          fc.constant(one),
          fc.option(fc.constantFrom(...FAULTS.filter(({ base }) => base === one.base)), { nil: undefined }),
          fc.uniqueArray(fc.constantFrom(...PLANNED.filter(({ base }) => base === LIKE[one.base])), {
            minLength: 1,
            maxLength: 2,
          }),
        );
      }),
      ([one, second, others]) => {
        const faults = second === undefined || second === one ? [one] : [one, second];
        const result = difference(
          one.base,
          faults,
          others.map(({ fault }) => fault),
        );
        if (result === undefined) return;
        compared++;
        expect(result).toEqual({ spec: result.spec, isPlanned: true, lost: [], extra: [] });
      },
    ),
    { numRuns: 100 },
  );
  expect(compared).toBeGreaterThan(20);
});

const JUNK: readonly unknown[] = [
  null,
  0,
  '',
  'x y',
  true,
  [],
  {},
  { kind: 'x' },
  70000,
  'nobody',
  'servers',
  '10.0.0.0/8',
];

test('whatever stands at whatever places, the walk ends in findings', () => {
  const drawn = fc.constantFrom('home', 'gateway', 'swarm').chain((base) => {
    const places = placesIn(baseOf(base).raw, []);
    const value = fc.oneof(
      fc.constantFrom(...JUNK),
      fc.constantFrom(...places).map((path) => valueAt(baseOf(base).raw, path)),
    );
    return fc.tuple(
      fc.constant(base),
      fc.array(fc.tuple(fc.constantFrom(...places), value), { minLength: 1, maxLength: 3 }),
    );
  });
  fc.assert(
    fc.property(drawn, ([base, changes]) => {
      const raw = changes.reduce((spec, [path, value]) => put(spec, path, value), baseOf(base).raw);
      expect(found(raw).length).toBeGreaterThanOrEqual(written(raw).length);
    }),
    { numRuns: 150 },
  );
});

function placesIn(value: unknown, path: SpecPath): SpecPath[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const steps = inner.map(([step, one]) => ({ step: Array.isArray(value) ? Number(step) : step, one: one as unknown }));
  return [...(path.length === 0 ? [] : [path]), ...steps.flatMap(({ step, one }) => placesIn(one, [...path, step]))];
}

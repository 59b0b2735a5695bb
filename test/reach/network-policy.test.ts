import fc from 'fast-check';
import type { Engine } from '../../lib/reach/engine';
import { passes, type BruteOptions } from './brute-force';
import { networkPolicies } from './network-policies';
import { answers, endsOf } from './answers';
import { namespaces, pods, PROBES, type Thing } from './small-world';

/** Addresses outside: one in each block that the policies speak of, and one in none. */
const OUTSIDE = ['198.51.100.1', '198.51.100.200', '203.0.113.1'];

const world = fc.record({ pods, policies: networkPolicies });

function expectSame(
  things: { pods: readonly Thing[]; policies: readonly Thing[] },
  engine: Engine,
  options: BruteOptions,
): void {
  const ends = endsOf(things.pods, OUTSIDE);
  const actual = answers([...namespaces, ...things.pods, ...things.policies], ends, { engine });
  const expected = ends.flatMap((from) =>
    ends.flatMap((to) => {
      if (from === to || (from.pod === undefined && to.pod === undefined)) return [];
      return PROBES.filter((probe) => passes(things.policies, from, to, probe, options)).map(
        ({ protocol, port }) => `${from.address} ${to.address} ${protocol}/${port}`,
      );
    }),
  );
  expect(actual).toEqual(expected);
}

describe('NetworkPolicies against asking every policy about every pair and port', () => {
  test('by the text of the API', () => {
    fc.assert(
      fc.property(world, (things) => expectSame(things, 'specification', { blocksFindPods: false })),
      { numRuns: 300 },
    );
  });

  test.each(['k3s', 'calico'] as const)('on %s, where a block also finds pods', (engine) => {
    fc.assert(
      fc.property(world, (things) => expectSame(things, engine, { blocksFindPods: true })),
      { numRuns: 100 },
    );
  });

  test('on Cilium, where it does not', () => {
    fc.assert(
      fc.property(world, (things) => expectSame(things, 'cilium', { blocksFindPods: false })),
      { numRuns: 100 },
    );
  });
});

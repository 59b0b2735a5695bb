import { check } from '../lib/checks/check';
import { planOf } from '../test/support/plan';
import { largeCluster } from './large-cluster';

test('the cluster whose checks are measured is as large as it is said to be, and nothing is wrong with it', () => {
  const plan = planOf(largeCluster());
  expect(Object.keys(plan.spec.nodes)).toHaveLength(500);
  expect(plan.claims.length).toBeGreaterThanOrEqual(2000);
  expect(plan.flows.length).toBeGreaterThanOrEqual(10_000);
  expect(check(plan)).toEqual([]);
});

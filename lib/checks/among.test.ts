import { planOf } from '../../test/support/plan';
import { smallSpec } from '../../test/support/spec';
import { among } from './among';

/** Clusters of one description: no real rule, the least that compares. */
const rule = among<string>({
  codes: ['CLUSTER_TWICE'],
  keep: ({ spec }) => spec.purpose,
  compare: (all) => {
    const [first, second] = [...all.keys()];
    if (first === undefined || second === undefined) return [];
    return [
      {
        code: 'CLUSTER_TWICE',
        severity: 'warning',
        cluster: first,
        at: [['purpose']],
        others: [{ cluster: second, at: ['purpose'] }],
        message: `${all.size} of them`,
      },
    ];
  },
});

const plan = (name: string, purpose?: string) =>
  planOf(smallSpec({ name, ...(purpose === undefined ? {} : { purpose }) }));

test('what is kept of each cluster is compared once, in the order of their names', () => {
  const run = rule();
  for (const name of ['c', 'a', 'b']) run.add(plan(name, 'x'));
  run.add(plan('d'));
  expect(run.findings()).toMatchObject([{ cluster: 'a', others: [{ cluster: 'b' }], message: '3 of them' }]);
});

test('one cluster has nothing to be compared with, and runs know nothing of one another', () => {
  const run = rule();
  run.add(plan('a', 'x'));
  expect(run.findings()).toEqual([]);
  expect(rule().findings()).toEqual([]);
});

import { planOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';
import { etcdMembers } from './etcd-members';

const servers = (count: number): ClusterSpec['nodes'] =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `s${i}`,
      { role: 'server' as const, addresses: { lan: `192.168.50.${20 + i}` } },
    ]),
  );

test.each([
  [1, []],
  [2, [/needs 2 \/ 2 \+ 1 = 2 of them: it survives the loss of none, as 1 would too$/]],
  [3, []],
  [4, [/needs 4 \/ 2 \+ 1 = 3 of them: it survives the loss of 1, as 3 would too$/]],
])('%d members', (count, said) => {
  const found = etcdMembers(planOf(smallSpec({ nodes: servers(count) }))).map(({ message }) => message);
  expect(found).toEqual(said.map((pattern): unknown => expect.stringMatching(pattern)));
});

test('SQLite has no members', () => {
  const k3s = { nodeNetwork: 'lan', datastore: 'sqlite' as const };
  expect(etcdMembers(planOf(smallSpec({ nodes: servers(1), k3s })))).toEqual([]);
});

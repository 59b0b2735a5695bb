import { ask, networkPolicy, pod } from '../../test/reach/ask';
import { connlist } from './connlist';
import { readWorld } from './world';

function ids(...manifests: object[]): string[] {
  return readWorld([
    { path: 'a.yaml', text: manifests.map((one) => JSON.stringify(one)).join('\n---\n') },
  ]).world.workloads.map(({ id }) => id);
}

const template = { metadata: { labels: { app: 'a' } }, spec: { containers: [] } };

test.each(['Deployment', 'DaemonSet', 'StatefulSet', 'ReplicaSet', 'ReplicationController', 'Job'])('%s', (kind) => {
  expect(ids({ apiVersion: 'apps/v1', kind, metadata: { name: 'a' }, spec: { template } })).toEqual([
    `default/a[${kind}]`,
  ]);
});

test('CronJob', () => {
  expect(
    ids({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'a', namespace: 'x' },
      spec: { jobTemplate: { spec: { template } } },
    }),
  ).toEqual(['x/a[CronJob]']);
});

test('lists, typed or not, and lists of lists', () => {
  const one = { metadata: { name: 'a' }, spec: {} };
  expect(ids({ apiVersion: 'v1', kind: 'PodList', items: [one] })).toEqual(['default/a[Pod]']);
  expect(
    ids({
      apiVersion: 'v1',
      kind: 'List',
      items: [{ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'Pod', ...one }] }],
    }),
  ).toEqual(['default/a[Pod]']);
});

test('a pod belongs to the owner that controls it, but not to its node', () => {
  const owned = (kind: string, controller: boolean) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a-1', ownerReferences: [{ kind, name: 'a', controller }] },
  });
  expect(ids(owned('ReplicaSet', true))).toEqual(['default/a[ReplicaSet]']);
  expect(ids(owned('ReplicaSet', false))).toEqual(['default/a-1[Pod]']);
  expect(ids(owned('Node', true))).toEqual(['default/a-1[Pod]']);
});

test('pods of one owner that differ are told apart only where it matters', () => {
  const owned = (name: string, app: string) =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace: 'x',
        labels: { app },
        ownerReferences: [{ kind: 'ReplicaSet', name: 'a', controller: true }],
      },
    });
  const other = pod('x', 'b');
  const { allowed } = ask([
    owned('a-1', 'one'),
    owned('a-2', 'two'),
    other,
    networkPolicy('x', { podSelector: { matchLabels: { app: 'one' } } }),
  ]);
  expect([allowed('x/b', 'x/a-1'), allowed('x/b', 'x/a-2')]).toEqual(['none', 'all']);
  const text = [owned('a-1', 'one'), owned('a-2', 'two'), other].join('\n---\n');
  expect(connlist(readWorld([{ path: 'a.yaml', text }]).world).match(/=> x\/a\[ReplicaSet\]/g)).toHaveLength(2);
});

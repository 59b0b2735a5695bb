import { shopSpec } from '../../../test/support/spec';
import { treeOf } from '../../../test/proof/trees';
import type { ClusterSpec } from '../../spec/cluster';
import { prove } from '../../proof/prove';
import { whoReachesWhom } from './who-reaches-whom';

function chapter(changes: Partial<ClusterSpec> = {}): string {
  const { plan, objects } = treeOf(shopSpec(changes));
  return whoReachesWhom(plan, prove(plan, objects)).blocks.join('\n');
}

test('one row a workload, by namespace: who reaches it and whom it reaches', () => {
  const text = chapter();
  expect(text).toContain('### Pods of shop');
  expect(text).toContain('| `db` | its own node (TCP 5432); shop/web (TCP 5432) | |');
  expect(text).toContain(
    '| `web` | its own node (TCP 8080) | mail (`smtp.example.com`) (TCP 587); shop/db (TCP 5432) |',
  );
});

test('what every pod may do stands once', () => {
  expect(chapter()).toContain('Every pod of these namespaces reaches kube-system/coredns (TCP 53; UDP 53)');
});

test('what is wider than meant is told, with its reason', () => {
  expect(chapter()).toMatch(
    /\| every address beyond the cluster \| a NetworkPolicy knows no DNS names.* \| .*shop\/web → mail, 587\/tcp/,
  );
});

test('without policies nothing is claimed', () => {
  const text = chapter({ policies: 'off' });
  expect(text).toContain(
    'No policy is rendered (`policies: off`), so every pod reaches every other, and nothing is proved.',
  );
  expect(text).not.toContain('Wider than declared');
});

test('policies that are only watched are told as such', () => {
  expect(chapter({ policies: 'audit', cni: { kind: 'cilium' } })).toContain('They are only watched for now');
});

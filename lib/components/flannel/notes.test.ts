import { planOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const changing = (k3s: ClusterSpec['k3s']) =>
  planOf(smallSpec({ k3s })).notes.find(({ text }) => text.includes('with `migrating: true`'))?.text;

test('a change of backend waits for a majority where there is one to keep', () => {
  expect(changing({ nodeNetwork: 'lan', datastore: 'etcd' })).toContain('etcd needs its majority');
  expect(changing({ nodeNetwork: 'lan', datastore: 'sqlite' })).not.toContain('etcd');
});

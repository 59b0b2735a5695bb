import { planOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const said = (gitops?: ClusterSpec['gitops']) =>
  planOf(smallSpec(gitops === undefined ? {} : { gitops })).notes.find(
    ({ title }) => title === 'When a policy shuts somebody out',
  )?.text ?? '';
const repository = 'https://git.example.org/network.git';

describe('how an operator opens a namespace at once', () => {
  test('takes Argo CD off first, and what puts Argo CD back on before that', () => {
    const text = said({ kind: 'argocd', repository, namespace: 'delivery' });
    const [root, own] = ['wayleave', 'policies'].map((name) =>
      text.indexOf(`kubectl -n delivery patch application ${name} `),
    );
    expect(root).toBeGreaterThan(0);
    expect(own).toBeGreaterThan(root ?? 0);
    expect(text.indexOf('delete its `default-deny`')).toBeGreaterThan(own ?? 0);
  });

  test('is a deletion alone where nothing puts back what is gone', () => {
    for (const text of [said(), said({ kind: 'argocd', repository, automated: false })]) {
      expect(text).toContain('delete its `default-deny`');
      expect(text).not.toContain('patch application');
    }
  });
});

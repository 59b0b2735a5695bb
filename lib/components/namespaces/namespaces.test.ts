import { planOf } from '../../../test/support/plan';
import { render, titles } from '../../../test/support/render';
import { smallSpec } from '../../../test/support/spec';
import { namespaces } from './index';

const gitops = { kind: 'argocd', repository: 'https://git.test/net.git' } as const;
const app = (namespace: string) => ({ namespace, ports: { http: 80 } });

test('every namespace that somebody wants is made once, but for those of Kubernetes', () => {
  const spec = smallSpec({ gitops, apps: { a: app('shop'), b: app('shop'), c: app('argocd'), d: app('kube-system') } });
  expect(titles(render(namespaces, spec))).toEqual(['Namespace argocd', 'Namespace shop']);
});

test('whoever has objects in one waits for it', () => {
  const { waves } = planOf(smallSpec({ gitops, apps: { a: app('shop') } }));
  expect(waves.get('namespaces')).toBe(0);
  for (const name of ['apps', 'argocd']) expect(waves.get(name)).toBeGreaterThan(0);
});

test('a namespace outlives its removal from git, for the sake of what is in it', () => {
  const [namespace] = render(namespaces, smallSpec({ apps: { a: app('shop') } }));
  expect(namespace?.metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' });
});

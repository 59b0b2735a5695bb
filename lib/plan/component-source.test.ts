import { planOf } from '../../test/support/plan';
import { smallSpec } from '../../test/support/spec';
import { componentSource, componentSources } from './component-source';

const plan = planOf(
  smallSpec({
    ingress: [{ kind: 'traefik', mode: 'host-network' }],
    apps: { web: { namespace: 'shop', ports: { http: 8080 } } },
    gitops: { kind: 'argocd', repository: 'https://git.example.com/a/b.git' },
  }),
);

test.each([
  ['k3s', ['k3s']],
  ['flannel', ['cni', 'backend']],
  ['traefik', ['ingress', 0]],
  ['apps', ['apps']],
  ['argocd', ['gitops']],
  ['firewall', ['firewall']],
  ['coredns', ['k3s', 'clusterDns']],
])('%s has its options at %j', (component, place) => {
  expect(componentSource(plan, component)).toEqual(place);
});

test('of several, each place once, and none of what nobody knows', () => {
  expect(componentSources(plan, ['k3s', 'hosts', 'k3s', 'traefik'])).toEqual([['k3s'], ['ingress', 0]]);
  expect(componentSource(plan, 'document')).toBeUndefined();
});

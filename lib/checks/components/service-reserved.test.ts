import { findingsOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';
import type { Finding } from '../../spec/finding';

const app = (namespace: string) => ({ namespace, ports: { http: 8080 } });

const reserved = (changes: Partial<ClusterSpec>): Finding[] =>
  findingsOf(smallSpec(changes)).filter(({ code }) => code === 'SERVICE_RESERVED');

const traefik = { kind: 'traefik', mode: 'host-network' } as const;
const hubble = { relay: true, ui: true };
const gitops = { kind: 'argocd', repository: 'https://git.example.com/a/b.git' } as const;
const metallb = {
  kind: 'metallb',
  mode: 'l2',
  pools: { lan: { addresses: '192.168.50.40-192.168.50.49', network: 'lan' } },
} as const;

test.each<[name: string, namespace: string, owner: string, Partial<ClusterSpec>]>([
  ['kubernetes', 'default', 'k3s', {}],
  ['kube-dns', 'kube-system', 'coredns', {}],
  ['metrics-server', 'kube-system', 'metrics-server', {}],
  ['traefik', 'kube-system', 'traefik', { ingress: [traefik] }],
  ['traefik', 'traefik', 'traefik', { ingress: [{ ...traefik, install: 'own' }] }],
  ['metallb-webhook-service', 'metallb-system', 'metallb', { loadBalancers: [metallb] }],
  ['cilium-envoy', 'kube-system', 'cilium', { cni: { kind: 'cilium' } }],
  ['hubble-peer', 'kube-system', 'cilium', { cni: { kind: 'cilium', hubble } }],
  ['hubble-ui', 'kube-system', 'cilium', { cni: { kind: 'cilium', hubble } }],
  ['argocd-server', 'argocd', 'argocd', { gitops }],
  ['argocd-redis', 'ops', 'argocd', { gitops: { ...gitops, namespace: 'ops' } }],
  ['cert-manager-webhook', 'cert-manager', 'cert-manager', { certificates: { kind: 'cert-manager', issuers: {} } }],
])('%s in %s belongs to %s', (name, namespace, owner, changes) => {
  const [finding, ...more] = reserved({ ...changes, apps: { [name]: app(namespace) } });
  expect(more).toEqual([]);
  expect(finding?.at[0]).toEqual(['apps', name]);
  expect(finding?.at[1]).not.toEqual([]);
  expect(finding?.message).toMatch(`the Service ${namespace}/${name} of app ${name} would replace that of ${owner} (`);
  expect(finding?.fix).toBe(`another name, such as ${name}-own, or another namespace`);
});

test('a name is free in another namespace, without a Service, and where its owner is not', () => {
  expect(reserved({ apps: { 'kube-dns': app('shop'), kubernetes: app('kube-system') } })).toEqual([]);
  expect(reserved({ apps: { 'kube-dns': { namespace: 'kube-system' } } })).toEqual([]);
  expect(reserved({ apps: { traefik: app('kube-system') } })).toEqual([]);
  const k3s = { nodeNetwork: 'lan', disable: ['metrics-server' as const] };
  expect(reserved({ k3s, apps: { 'metrics-server': app('kube-system') } })).toEqual([]);
});

test("Traefik's own Service is its own, and a further one of another's name is not", () => {
  const entrypoints = ['web', 'websecure'];
  const ingress = (name: string): Partial<ClusterSpec> => ({
    loadBalancers: [metallb],
    ingress: [{ kind: 'traefik', mode: 'load-balancer', services: { [name]: { entrypoints } } }],
  });
  expect(reserved(ingress('traefik'))).toEqual([]);
  const [finding] = reserved(ingress('kube-dns'));
  expect(finding?.message).toMatch('the Service kube-system/kube-dns of traefik would replace that of coredns');
  expect(finding?.at).toEqual([
    ['ingress', 0, 'services', 'kube-dns'],
    ['k3s', 'clusterDns'],
  ]);
});

import { codesOf, findingsOf, planOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';
import { flagContradicts } from './flag-contradicts';

type Flags = Record<string, string | boolean | string[]>;
const server = (flags: Flags, more: Partial<ClusterSpec> = {}): ClusterSpec =>
  smallSpec({ k3s: { nodeNetwork: 'lan', extraFlags: { server: flags } }, ...more });
const said = (spec: ClusterSpec) => findingsOf(spec).map(({ code, at }) => [code, ...at.slice(0, 2)]);

test.each([
  ['disable-kube-proxy', true],
  ['disable-network-policy', true],
  ['datastore-endpoint', 'postgres://db.example.com'],
  ['https-listen-port', '7443'],
  ['flannel-external-ip', true],
])('%s contradicts what the spec chose', (name, value) => {
  expect(codesOf(server({ [name]: value }))).toContain('K3S_FLAG_CONFLICT');
  expect(codesOf(server({ [name]: false }))).not.toContain('K3S_FLAG_CONFLICT');
});

test.each(['server', 'agent'] as const)('the way to the API that others go, moved on every %s', (role) => {
  const moved = (port: string) =>
    smallSpec({ k3s: { nodeNetwork: 'lan', extraFlags: { [role]: { 'lb-server-port': port } } } });
  expect(said(moved('7444'))).toEqual([['K3S_FLAG_CONFLICT', ['k3s', 'extraFlags', role, 'lb-server-port']]]);
  expect(said(moved('6444'))).toEqual([]);
});

test('ServiceLB is a part of K3s’s cloud controller, and may be left out by neither way', () => {
  const loadBalancers = [{ kind: 'servicelb' as const }];
  expect(said(server({ 'disable-cloud-controller': true }, { loadBalancers }))).toEqual([
    ['K3S_FLAG_CONFLICT', ['k3s', 'extraFlags', 'server', 'disable-cloud-controller'], ['loadBalancers', 0]],
  ]);
  expect(said(smallSpec({ k3s: { nodeNetwork: 'lan', disable: ['servicelb'] }, loadBalancers }))).toEqual([
    ['K3S_FLAG_CONFLICT', ['k3s', 'disable'], ['loadBalancers', 0]],
  ]);
});

test('Cilium in kube-proxy’s place asks for that flag itself', () => {
  expect(codesOf(smallSpec({ cni: { kind: 'cilium' }, firewall: { kind: 'none' } }))).toEqual([]);
});

test('the Helm controller must run where K3s is to install a chart', () => {
  const gitops = { kind: 'argocd' as const, repository: 'https://git.example.com/a.git' };
  expect(codesOf(server({ 'disable-helm-controller': true }, { gitops }))).toEqual(['K3S_FLAG_CONFLICT']);
  expect(codesOf(server({ 'disable-helm-controller': true }))).toEqual([]);
});

test('an argument that may be given often is no conflict', () => {
  expect(codesOf(server({ 'kubelet-arg': ['feature-gates=A=true', 'feature-gates=B=true'] }))).toEqual([]);
  expect(codesOf(server({ 'kubelet-arg': ['max-pods=110', 'max-pods=250'] }))).toEqual(['K3S_FLAG_CONFLICT']);
});

test('servers whose critical flags differ: both values and both servers are named', () => {
  const plan = planOf(smallSpec());
  const k3sFlags = new Map(plan.k3sFlags);
  const own = (k3sFlags.get('b') ?? []).map((flag) =>
    flag.name === 'cluster-cidr' ? { ...flag, value: '10.52.0.0/16' } : flag,
  );
  k3sFlags.set('b', own);
  const [finding, ...more] = flagContradicts({ ...plan, k3sFlags });
  expect(more).toEqual([]);
  expect(finding?.message).toBe(
    'cluster-cidr is "10.42.0.0/16" on a and "10.52.0.0/16" on b, and K3s wants it equal on every server',
  );
});

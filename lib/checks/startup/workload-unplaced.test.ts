import { findingsOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const tainted = (effect: string, more: Partial<ClusterSpec> = {}): ClusterSpec =>
  smallSpec({
    nodes: Object.fromEntries(
      Object.entries(smallSpec().nodes).map(([name, node]) => [name, { ...node, taints: [`rack=a:${effect}`] }]),
    ),
    ...more,
  });
const found = (spec: ClusterSpec) =>
  findingsOf(spec).flatMap(({ code, severity, message }) =>
    code === 'WORKLOAD_UNPLACED' ? [`${severity}: ${message}`] : [],
  );

test('a component that does not tolerate it cannot run; of an app nobody knows', () => {
  const apps = { web: { namespace: 'shop', ports: { http: 8080 } } };
  const [component, ...others] = found(tainted('NoSchedule', { apps }));
  expect(component).toMatch(/^error: kube-system\/coredns.* can run on no node: a bears rack=a:NoSchedule/);
  expect(others).toEqual([expect.stringMatching(/^warning: shop\/web runs nowhere/)]);
});

test('what K3s packages runs on servers that are kept clear', () => {
  const nodes = {
    a: {
      role: 'server',
      addresses: { lan: '192.168.50.11' },
      taints: ['node-role.kubernetes.io/control-plane=true:NoSchedule'],
    },
  } as const;
  expect(found(smallSpec({ nodes: { a: { ...nodes.a, taints: [...nodes.a.taints] } } }))).toEqual([]);
  const gitops = { kind: 'argocd' as const, repository: 'https://git.example.com/a.git' };
  expect(found(smallSpec({ nodes: { a: { ...nodes.a, taints: [...nodes.a.taints] } }, gitops }))).toEqual([
    expect.stringMatching(/^error: argocd\/.* can run on no node/),
  ]);
});

test('pods that a chart, or K3s, makes beside those that tolerate it are judged by themselves', () => {
  const { a } = smallSpec().nodes;
  const nodes = {
    a: { role: 'server' as const, addresses: a?.addresses ?? {}, taints: ['CriticalAddonsOnly=true:NoExecute'] },
  };
  const [relay] = found(
    smallSpec({ nodes, cni: { kind: 'cilium', hubble: { relay: true } }, ingress: [], loadBalancers: [] }),
  );
  expect(relay).toMatch(/^error: kube-system\/hubble-generate-certs and kube-system\/hubble-relay can run on no node/);
  const [installers] = found(smallSpec({ nodes, ingress: [{ kind: 'traefik', mode: 'host-network' }] }));
  expect(installers).toMatch(/^error: kube-system\/helm-install-traefik and kube-system\/helm-install-traefik-crd can/);
});

test('a taint that only prefers keeps nobody away', () => {
  const apps = { web: { namespace: 'shop', ports: { http: 8080 } } };
  expect(found(tainted('PreferNoSchedule', { apps }))).toEqual([]);
});

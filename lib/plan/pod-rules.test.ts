import { planOf } from '../../test/support/plan';
import { smallSpec } from '../../test/support/spec';
import type { ClusterSpec } from '../spec/cluster';
import { podNamespaces, podRules } from './pod-rules';
import { uncalled } from './uncalled';

const shop: ClusterSpec['apps'] = {
  api: { namespace: 'shop', ports: { http: { container: 8080, service: 80 } } },
  web: { namespace: 'shop', needs: [{ app: 'api', reason: 'what is on offer' }] },
};

test('a rule names the port that the pod binds, whatever is dialled', () => {
  const { workloads } = podRules(planOf(smallSpec({ apps: shop })));
  const [egress] = workloads.get('shop/web')?.egress ?? [];
  expect([egress?.peer.kind, String(egress?.port)]).toEqual(['workload', '8080']);
  const called = workloads.get('shop/api')?.ingress.filter(({ flow }) => flow.sameNode !== true) ?? [];
  expect(called.map(({ port }) => String(port))).toEqual(['8080']);
});

test('pods that use their node’s network have no rules, and are called at the node', () => {
  const apps: ClusterSpec['apps'] = { ...shop, api: { namespace: 'shop', ports: { http: 8080 }, hostNetwork: true } };
  const plan = planOf(smallSpec({ apps }));
  const { workloads } = podRules(plan);
  expect(workloads.has('shop/api')).toBe(false);
  expect(workloads.get('shop/web')?.egress).toMatchObject([{ peer: { kind: 'nodes', select: 'all' } }]);
});

test('ServiceLB’s pods take calls in at the port that is dialled, and the app is called by them alone', () => {
  const apps: ClusterSpec['apps'] = {
    mqtt: { namespace: 'home', ports: { mqtt: { container: 1884, service: 1883 } }, loadBalancer: {} },
  };
  const { workloads } = podRules(planOf(smallSpec({ loadBalancers: [{ kind: 'servicelb' }], apps })));
  const balancer = workloads.get('kube-system/svclb-home-mqtt');
  expect(balancer?.ingress.map(({ peer, port }) => `${peer.kind} ${String(port)}`)).toEqual(['anywhere 1883']);
  const callers = workloads.get('home/mqtt')?.ingress ?? [];
  expect(callers.map(({ peer, port }) => `${peer.kind} ${String(port)}`).sort()).toEqual([
    'own-node 1884',
    'workload 1884',
  ]);
});

test('flows of every pod are each namespace’s own', () => {
  const plan = planOf(smallSpec({ apps: shop }));
  expect(podNamespaces(plan)).toEqual(['kube-system', 'shop']);
  for (const namespace of podNamespaces(plan))
    expect(
      podRules(plan)
        .namespaces.get(namespace)
        ?.egress.map(({ port }) => String(port)),
    ).toEqual(['53', '53']);
});

test('ports that nobody calls are told, and those that are called are not', () => {
  const ports = uncalled(planOf(smallSpec({ apps: shop }))).map(({ purpose }) => purpose);
  expect(ports).toContain('CoreDNS metrics');
  expect(ports).not.toContain('cluster DNS');
});

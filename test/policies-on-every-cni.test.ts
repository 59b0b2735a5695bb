import eddisonso from '../clusters/eddisonso';
import homelab from '../clusters/homelab';
import honeydue from '../clusters/honeydue';
import jigga from '../clusters/jigga';
import { policies } from '../lib/components/policies/index';
import { podRules, type PodRule } from '../lib/plan/pod-rules';
import type { Plan } from '../lib/plan/plan';
import type { Engine } from '../lib/reach/engine';
import type { ClusterSpec } from '../lib/spec/cluster';
import { sortedEntries } from '../lib/text/compare';
import { ask, pod } from './reach/ask';
import { planOf } from './support/plan';
import { render } from './support/render';

/** Each cluster's own pod network, and the others in its place. */
const CNIS: readonly { readonly cni: NonNullable<ClusterSpec['cni']>; readonly engine: Engine }[] = [
  { cni: { kind: 'flannel', backend: 'vxlan' }, engine: 'k3s' },
  { cni: { kind: 'flannel', backend: 'host-gw' }, engine: 'k3s' },
  { cni: { kind: 'calico' }, engine: 'calico' },
  { cni: { kind: 'cilium' }, engine: 'cilium' },
];

/** Pods that every variant has: those of a CNI come and go with it. */
const OWN = ['calico', 'cilium'];

function world(spec: ClusterSpec, engine: Engine) {
  const plan = planOf(spec);
  const pods = [...plan.workloads.values()]
    .filter(({ hostNetwork, owner }) => !hostNetwork && !OWN.includes(owner))
    .map(({ name, namespace, labels }) => ({ name, text: pod(namespace, name.slice(namespace.length + 1), labels) }));
  const rendered = render(policies, spec).map((object) => JSON.stringify(object));
  return {
    plan,
    names: pods.map(({ name }) => name),
    asked: ask([...rendered, ...pods.map(({ text }) => text)], { engine }),
  };
}

/** `from → to: traffic` for all pairs with any. */
function pairs(spec: ClusterSpec, engine: Engine): string[] {
  const { names, asked } = world(spec, engine);
  return names.flatMap((from) =>
    names
      .filter((to) => to !== from)
      .map((to) => [to, asked.allowed(from, to)] as const)
      .filter(([, allowed]) => allowed !== 'none')
      .map(([to, allowed]) => `${from} → ${to}: ${allowed}`),
  );
}

const CLUSTERS: Readonly<Record<string, ClusterSpec>> = { eddisonso, homelab, honeydue, jigga };

describe.each(sortedEntries(CLUSTERS))('%s', (_, cluster) => {
  const [first, ...others] = CNIS.map(({ cni, engine }) => pairs({ ...cluster, cni }, engine));

  test('pods reach each other at the same ports on every CNI', () => {
    expect(first?.length).toBeGreaterThan(0);
    for (const other of others) expect(other).toEqual(first);
  });

  test('what differs differs for one of the known reasons', () => {
    const said = CNIS.map(({ cni }) => new Set(rulesOf(planOf({ ...cluster, cni })).flatMap(saidAlike)));
    for (const one of said) expect([...one].sort()).toEqual([...(said[0] ?? [])].sort());
  });
});

function rulesOf(plan: Plan): [string, PodRule][] {
  const { workloads } = podRules(plan);
  return [...workloads].flatMap(([name, { ingress, egress }]) =>
    OWN.includes(plan.workloads.get(name)?.owner ?? '')
      ? []
      : [...ingress, ...egress].map((rule): [string, PodRule] => [name, rule]),
  );
}

/**
 * A rule in words that hold on every engine. Left out is what each says in its own way: a node by its addresses or by who it
 * is, a Service's hidden callers, a name by its name or as anyone outside, a request by its port alone, and what a CNI
 * itself fetches and calls.
 */
function saidAlike([name, { peer, protocol, port, flow }]: [string, PodRule]): string[] {
  if (OWN.includes(flow.declaredBy)) return [];
  const to = peer.kind === 'workload' ? peer.workload.name : peer.kind;
  const hidden = peer.kind === 'nodes' && flow.address === 'vip';
  return hidden ? [] : [`${name} ${to} ${protocol} ${String(port ?? '')} ${flow.reason}`];
}

describe('differences that are meant', () => {
  const app = { namespace: 'shop', ports: { http: 8080 } };
  const shop: ClusterSpec = {
    ...honeydue,
    apps: {
      api: app,
      web: {
        namespace: 'shop',
        needs: [
          { app: 'api', http: [{ method: 'GET', path: '/items/.*' }], reason: 'what is on offer' },
          { outside: 'neon', port: 5432, reason: 'orders' },
        ],
      },
    },
  };
  const on = (cni: NonNullable<ClusterSpec['cni']>, engine: Engine) => world({ ...shop, cni }, engine).asked;

  test('names: Cilium lets through who has the name, the others anyone beyond the cluster at that port', () => {
    const cilium = on({ kind: 'cilium' }, 'cilium');
    expect(cilium.allowed('shop/web', '*.us-east-1.aws.neon.tech')).toBe('TCP 5432');
    expect(cilium.allowed('shop/web', '198.51.100.7')).toBe('none');
    const flannel = on({ kind: 'flannel' }, 'k3s');
    expect(flannel.allowed('shop/web', '198.51.100.7')).toBe('TCP 5432');
    expect(flannel.allowed('shop/web', '10.43.0.1')).toBe('none');
  });

  test('requests: Cilium reads them, the others let the port through', () => {
    expect(on({ kind: 'cilium' }, 'cilium').narrowed('shop/web', 'shop/api')).toEqual([expect.stringContaining('GET')]);
    for (const [cni, engine] of [
      ['flannel', 'k3s'],
      ['calico', 'calico'],
    ] as const) {
      const other = on({ kind: cni }, engine);
      expect([other.allowed('shop/web', 'shop/api'), other.narrowed('shop/web', 'shop/api')]).toEqual(['TCP 8080', []]);
    }
  });

  test('nodes: by the tunnel’s addresses under Flannel and Calico, by who they are under Cilium', () => {
    const metrics = 'kube-system/metrics-server';
    const flannel = on({ kind: 'flannel' }, 'k3s');
    expect(flannel.allowed('10.42.7.0', metrics)).toBe('TCP 10250');
    expect(flannel.allowed('10.42.7.5', metrics)).toBe('none');
    const calico = on({ kind: 'calico' }, 'calico');
    expect(calico.allowed('10.44.0.9', metrics)).toBe('TCP 10250');
    expect(calico.allowed('10.42.7.0', metrics)).toBe('none');
    expect(on({ kind: 'cilium' }, 'cilium').allowed('kube-apiserver', metrics)).toBe('TCP 10250');
  });
});

import eddisonso from '../../clusters/eddisonso';
import { shopSpec, smallSpec } from '../../test/support/spec';
import { placed, treeOf } from '../../test/proof/trees';
import type { ClusterSpec } from '../spec/cluster';
import { prove } from './prove';

/** The proof of a spec of which some policies are others than those that follow from it. */
function proofOf(spec: ClusterSpec, others: readonly object[] = []) {
  const { plan, objects } = treeOf(spec);
  const beside = others.map((json) => placed(json as Record<string, unknown>));
  const names = new Set(beside.map((one) => one.place([])));
  const proof = prove(plan, [...objects.filter((one) => !names.has(one.place([]))), ...beside]);
  if (proof === undefined) throw new Error('it runs no pods');
  return proof;
}

const policy = (name: string, spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'shop' },
  spec,
});

const db = { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'db' } } };

test('what is rendered of the flows lets exactly them through', () => {
  const { state, engine, findings } = proofOf(shopSpec());
  expect({ state, engine, findings }).toEqual({ state: 'enforced', engine: 'k3s', findings: [] });
});

test.each<[string, ClusterSpec['k3s']]>([
  ['IPv4', { nodeNetwork: 'lan', clusterCidrs: ['10.64.0.0/11'] }],
  [
    'both families',
    { nodeNetwork: 'lan', clusterCidrs: ['10.42.0.0/16', 'fd42::/48'], serviceCidrs: ['10.43.0.0/16', 'fd43::/112'] },
  ],
])('a pod range of more parts than a policy can list opens nothing to pods: %s', (_, k3s) => {
  expect(proofOf(shopSpec({ k3s })).findings).toEqual([]);
});

test('a node that was seen far up in a wide pod range is let in, and no pod with it', () => {
  const spec = shopSpec({ k3s: { nodeNetwork: 'lan', clusterCidrs: ['10.64.0.0/11'] } });
  const nodes = Object.entries(spec.nodes).map(
    ([name, node], i) => [name, { ...node, observedPodRange: `10.${64 + 8 * i}.0.0/24` }] as const,
  );
  expect(proofOf({ ...spec, nodes: Object.fromEntries(nodes) }).findings).toEqual([]);
});

test.each(['flannel', 'calico', 'cilium'] as const)(
  'a party by addresses so wide that pods are in it opens nothing to pods, on %s',
  (kind) => {
    const everyone = { addresses: '0.0.0.0/0' };
    const web = { namespace: 'shop', needs: [{ outside: 'everyone', port: 443, reason: 'hooks of customers' }] };
    const { state, findings } = proofOf(smallSpec({ cni: { kind }, outside: { everyone }, apps: { web } }));
    expect({ state, findings }).toEqual({ state: 'enforced', findings: [] });
  },
);

describe('where nodes take addresses out of the pods’ own range', () => {
  const spec = shopSpec({
    cni: { kind: 'calico', tunnelCidrs: [] },
    apps: {
      db: { namespace: 'shop', ports: { postgres: 5432 } },
      watch: { namespace: 'watch', hostNetwork: true, needs: [{ app: 'db', reason: 'its figures' }] },
    },
  });

  test('what a node may call every pod may, which is said and no fault', () => {
    const { findings, notices } = proofOf(spec);
    expect(findings).toEqual([]);
    expect(notices.map(({ message }) => message)).toContainEqual(
      expect.stringContaining(
        'watch/watch → shop/db, 5432/tcp: every process of every node, and every pod (10.42.0.0/16)',
      ),
    );
  });

  test('a node that is not let in is found, and so is a pod at another port', () => {
    const shut = policy('db', { ...db, policyTypes: ['Ingress'] });
    expect(proofOf(spec, [shut]).findings.map(({ code }) => code)).toContain('FLOW_BLOCKED');
    const open = policy('open', { ...db, ingress: [{ ports: [{ port: 22 }] }] });
    expect(proofOf(spec, [open]).findings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('→ shop/db, TCP 22 passes and no flow declares it'),
    );
  });
});

test('a flow that does not pass is named with the rule that holds it up', () => {
  const [finding, ...others] = proofOf(shopSpec(), [policy('db', { ...db, policyTypes: ['Ingress'] })]).findings;
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ code: 'FLOW_BLOCKED', severity: 'error', at: [['apps', 'web', 'needs', 0]] });
  expect(finding?.message).toContain('apps declares shop/web → shop/db, 5432/tcp: orders');
  expect(finding?.message).toContain('ingress of shop/db: no rule of NetworkPolicy shop/db');
});

test('what passes and is declared by nobody is named with the rules that let it through', () => {
  const open = policy('open', { ...db, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 22 }] }] });
  const web = { matchLabels: { 'app.kubernetes.io/name': 'web' } };
  const out = policy('out', { podSelector: web, policyTypes: ['Egress'], egress: [{ ports: [{ port: 22 }] }] });
  expect(proofOf(shopSpec(), [open]).findings).toEqual([]);
  const findings = proofOf(shopSpec(), [open, out]).findings.filter(({ message }) =>
    message.includes('shop/web → shop/db'),
  );
  expect(findings.map(({ code, where }) => [code, where])).toEqual([
    ['FLOW_UNDECLARED', 'NetworkPolicy shop/open: spec.ingress[0]'],
  ]);
  expect(findings[0]?.message).toContain('egress of shop/web: NetworkPolicy shop/out, spec.egress[0]');
});

describe('pods that are alike', () => {
  const raft = { namespace: 'shop', ports: { raft: 7000 } };
  const self = { ...raft, needs: [{ app: 'db', reason: 'replicas agree' }] };
  const mine = { ...db, ingress: [{ from: [db], ports: [{ port: 7000 }] }] };
  const both = { ...mine, egress: [{ to: [db], ports: [{ port: 7000 }] }], policyTypes: ['Ingress', 'Egress'] };

  test('reach each other where that is declared, and else do not', () => {
    expect(proofOf(shopSpec({ apps: { db: self } })).findings).toEqual([]);
    expect(proofOf(shopSpec({ apps: { db: raft } })).findings).toEqual([]);
  });

  test('are cut off from each other, or let through, by a rule like any others', () => {
    const blocked = proofOf(shopSpec({ apps: { db: self } }), [policy('db', mine)]).findings;
    expect(blocked.map(({ code }) => code)).toEqual(['FLOW_BLOCKED']);
    const open = proofOf(shopSpec({ apps: { db: raft } }), [policy('more', both)]).findings;
    expect(open.map(({ message }) => message.split(' passes')[0])).toEqual(['shop/db → shop/db, TCP 7000']);
  });
});

test('a policy whose labels find nobody is found', () => {
  const lost = policy('db', { ...db, podSelector: { matchLabels: { app: 'database' } }, policyTypes: ['Ingress'] });
  expect(proofOf(shopSpec(), [lost]).findings.map(({ code }) => code)).toEqual(['FLOW_BLOCKED']);
});

test('pods as they are rendered count, and not as the plan describes them', () => {
  const renamed = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { template: { metadata: { labels: { app: 'other' } }, spec: {} } },
  };
  expect(proofOf(shopSpec(), [renamed]).findings.map(({ code }) => code)).toContain('FLOW_BLOCKED');
});

test('an invalid policy is an error of the tree', () => {
  const wrong = policy('wrong', { ...db, ingress: [{ ports: [{ port: 70000 }] }] });
  expect(proofOf(shopSpec(), [wrong]).findings).toContainEqual(
    expect.objectContaining({
      code: 'POLICY_INVALID',
      where: 'NetworkPolicy shop/wrong: spec.ingress[0].ports[0].port',
    }),
  );
});

describe('what an engine cannot say as narrowly', () => {
  const wider = (spec: ClusterSpec) => proofOf(spec).widened.map(({ flow, superset }) => `${flow.reason}: ${superset}`);

  test('names, for those that know addresses alone', () => {
    expect(wider(shopSpec())).toContain('mail to customers: every address beyond the cluster');
    const known = shopSpec({ outside: { mail: { names: ['smtp.example.com'], addresses: '198.51.100.7' } } });
    expect(wider(known).filter((text) => text.startsWith('mail'))).toEqual([]);
    expect(wider(shopSpec({ cni: { kind: 'cilium' } })).filter((text) => text.startsWith('mail'))).toEqual([]);
  });

  test('it is a notice, and no finding', () => {
    const { findings, notices } = proofOf(shopSpec());
    expect(findings).toEqual([]);
    expect(notices).toContainEqual(
      expect.objectContaining({ code: 'FLOW_WIDENED', severity: 'notice', at: [['apps', 'web', 'needs', 1]] }),
    );
  });
});

describe('requests, for an engine that knows them', () => {
  const asked = shopSpec({
    cni: { kind: 'cilium' },
    apps: {
      web: {
        namespace: 'shop',
        needs: [{ app: 'api', http: [{ method: 'GET', path: '/items' }], reason: 'what is on offer' }],
      },
      api: { namespace: 'shop', ports: { http: 8080 } },
    },
  });
  const api = (http: object | undefined) => ({
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'api', namespace: 'shop' },
    spec: {
      endpointSelector: { matchLabels: { 'app.kubernetes.io/name': 'api' } },
      ingress: [
        { fromEntities: ['host'], toPorts: [{ ports: [{ port: '8080', protocol: 'TCP' }] }] },
        {
          fromEndpoints: [{ matchLabels: { 'app.kubernetes.io/name': 'web' } }],
          toPorts: [{ ports: [{ port: '8080', protocol: 'TCP' }], ...(http === undefined ? {} : { rules: { http } }) }],
        },
      ],
    },
  });
  const codes = (http: object | undefined) => proofOf(asked, [api(http)]).findings.map(({ code }) => code);

  test('those that are meant, and no others', () => {
    expect(proofOf(asked).findings).toEqual([]);
    expect(codes([{ method: 'GET', path: '/items' }])).toEqual([]);
    expect(codes(undefined)).toEqual(['FLOW_UNDECLARED']);
    expect(codes([{ method: 'POST', path: '/items' }])).toEqual(['FLOW_BLOCKED', 'FLOW_UNDECLARED']);
  });

  test('the others let every request through, and say so', () => {
    const { findings, widened } = proofOf({ ...asked, cni: { kind: 'flannel' } });
    expect(findings).toEqual([]);
    expect(widened.map(({ superset }) => superset)).toContain('every request at this port');
  });
});

test('policies that are off are not proved', () => {
  expect(proofOf(shopSpec({ policies: 'off' }))).toMatchObject({ state: 'unproved', findings: [], widened: [] });
});

test('policies that are only watched warn', () => {
  const spec = shopSpec({ cni: { kind: 'cilium' }, policies: 'audit' });
  const closed = {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'shut', namespace: 'shop' },
    spec: { endpointSelector: {}, ingressDeny: [{ fromEndpoints: [{}] }] },
  };
  const proof = proofOf(spec, [closed]);
  expect(proof.state).toBe('audited');
  expect(proof.findings.map(({ code, severity }) => [code, severity])).toEqual([['FLOW_BLOCKED', 'warning']]);
});

test('a namespace that flows alone speak of is held against them, too', () => {
  const open = {
    ...policy('open', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }] }),
    metadata: { name: 'open', namespace: 'compute' },
  };
  const [finding] = proofOf(eddisonso, [open]).findings;
  expect(finding?.code).toBe('FLOW_UNDECLARED');
  expect(finding?.message).toContain('203.0.113.0/24 → any other pod of compute, all traffic passes');
});

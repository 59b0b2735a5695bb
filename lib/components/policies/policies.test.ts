import { findingsOf, planOf } from '../../../test/support/plan';
import { render, titles } from '../../../test/support/render';
import { smallSpec } from '../../../test/support/spec';
import honeydue from '../../../clusters/honeydue';
import homelab from '../../../clusters/homelab';
import jigga from '../../../clusters/jigga';
import nimbus from '../../../clusters/nimbus';
import { Prefix } from '../../net/prefix';
import { readWorld } from '../../reach/world';
import type { ClusterSpec } from '../../spec/cluster';
import { bind, REGISTRY } from '../registry';
import { clusterSchema } from '../../spec/cluster';
import { policies } from './index';

interface NetworkPolicySpec {
  readonly podSelector: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly policyTypes: readonly string[];
  readonly ingress?: readonly { readonly from?: readonly object[]; readonly ports?: readonly object[] }[];
  readonly egress?: readonly { readonly to?: readonly object[]; readonly ports?: readonly object[] }[];
}
interface Block {
  readonly cidr: string;
  readonly except?: readonly string[];
}
/** Whether something that a block leaves out lies in another one; the whole of everything is the block that leaves it out. */
function meets(cidr: string, except: readonly string[]): boolean {
  return !cidr.endsWith('/0') && except.some((one) => Prefix.parse(one).overlaps(Prefix.parse(cidr)));
}
interface CiliumSpec {
  readonly ingress?: readonly Readonly<Record<string, unknown>>[];
  readonly egress?: readonly Readonly<Record<string, unknown>>[];
}

const CLUSTERS: readonly (readonly [string, ClusterSpec])[] = Object.entries({ homelab, honeydue, jigga });

function policyOf(spec: ClusterSpec, name: string): unknown {
  const found = render(policies, spec).find(
    ({ metadata }) => `${String(metadata.namespace)}/${metadata.name}` === name,
  )?.spec;
  if (found === undefined) throw new Error(`no policy ${name}`);
  return found;
}

const plainPolicy = (spec: ClusterSpec, name: string) => policyOf(spec, name) as NetworkPolicySpec;
const ciliumPolicy = (spec: ClusterSpec, name: string) => policyOf(spec, name) as CiliumSpec;

const shop = (needs: NonNullable<NonNullable<ClusterSpec['apps']>[string]['needs']>, more: Partial<ClusterSpec> = {}) =>
  smallSpec({
    outside: { db: { names: ['db.example.net', '*.example.org'] }, nas: { addresses: '192.168.50.40' } },
    apps: {
      api: { namespace: 'shop', ports: { http: 8080 } },
      web: { namespace: 'shop', needs },
    },
    ...more,
  });
const cilium: Partial<ClusterSpec> = { cni: { kind: 'cilium' } };

describe.each(CLUSTERS)('%s', (_, spec) => {
  const objects = render(policies, spec);

  test('closes every namespace with pods, and has no policy for a namespace without', () => {
    const plan = planOf(spec);
    const used = [...plan.workloads.values()].filter(({ hostNetwork }) => !hostNetwork);
    const namespaces = [...new Set(used.map(({ namespace }) => namespace))].sort();
    const closed = objects.filter(({ metadata }) => metadata.name === 'default-deny');
    expect(closed.map(({ metadata }) => metadata.namespace).sort()).toEqual(namespaces);
    expect([...new Set(objects.map(({ metadata }) => metadata.namespace))].sort()).toEqual(namespaces);
  });

  test('is read without a complaint: nothing invalid', () => {
    const text = objects.map((object) => JSON.stringify(object)).join('\n---\n');
    const { findings } = readWorld([{ path: 'p.yaml', text }]);
    expect(findings.filter(({ code }) => code !== 'POLICY_WITHOUT_EFFECT')).toEqual([]);
  });

  test('gives a reason for every rule', () => {
    for (const { metadata, spec: own } of objects) {
      if (metadata.name === 'default-deny') continue;
      const { ingress, egress } = own as CiliumSpec;
      expect([ingress !== undefined, egress !== undefined]).toEqual([
        metadata.annotations?.['wayleave/ingress'] !== undefined,
        metadata.annotations?.['wayleave/egress'] !== undefined,
      ]);
    }
  });

  test('comes before the workloads that it is for, and after what carries them', () => {
    const { waves, required } = planOf(spec);
    const own = waves.get('policies') ?? -1;
    const waiting = required.filter(({ name }) => name === 'network-policies').map(({ owner }) => owner);
    for (const owner of waiting) expect(waves.get(owner)).toBeGreaterThan(own);
    expect(own).toBeGreaterThan(waves.get('namespaces') ?? 0);
  });
});

describe('a NetworkPolicy', () => {
  test('lets through the ports of flows between the pods of flows, and nothing beside', () => {
    expect(plainPolicy(shop([{ app: 'api', reason: 'offers' }]), 'shop/web')).toEqual({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'api' } } }],
          ports: [{ port: 8080, protocol: 'TCP' }],
        },
      ],
    });
  });

  test('is not written for pods that only what every pod may concerns', () => {
    expect(titles(render(policies, shop([])))).not.toContain('NetworkPolicy shop/web');
    // Its probes come from its own node, which no policy keeps out.
    expect(titles(render(policies, shop([])))).not.toContain('NetworkPolicy shop/api');
  });

  test('takes a name of unknown addresses for anyone beyond the cluster', () => {
    const { egress = [] } = plainPolicy(shop([{ outside: 'db', port: 5432, reason: 'orders' }]), 'shop/web');
    expect(egress).toEqual([
      {
        to: [
          {
            ipBlock: {
              cidr: '0.0.0.0/0',
              except: ['10.42.0.0/15', '169.254.0.0/16', '192.168.50.11/32', '192.168.50.12/31'],
            },
          },
        ],
        ports: [{ port: 5432, protocol: 'TCP' }],
      },
    ]);
  });

  test('takes a name whose addresses are known for these', () => {
    const outside = { db: { names: ['db.example.net'], addresses: '203.0.113.7' } };
    const spec = shop([{ outside: 'db', port: 5432, reason: 'orders' }], { outside });
    expect(plainPolicy(spec, 'shop/web').egress?.[0]?.to).toEqual([{ ipBlock: { cidr: '203.0.113.7/32' } }]);
  });

  test('knows the API server by the servers’ own addresses and port', () => {
    const { egress = [] } = plainPolicy(shop([{ kubernetes: 'api', reason: 'watches pods' }]), 'shop/web');
    expect(egress).toEqual([
      {
        to: [{ ipBlock: { cidr: '192.168.50.11/32' } }, { ipBlock: { cidr: '192.168.50.12/32' } }],
        ports: [{ port: 6443, protocol: 'TCP' }],
      },
    ]);
  });

  test('has no block beside another that takes a part of it out: K3s keeps those of one rule in one set', () => {
    const clusters = [nimbus, ...CLUSTERS.filter(([name]) => name !== 'homelab').map(([, spec]) => spec)];
    for (const spec of clusters) {
      for (const { metadata, spec: own } of render(policies, spec)) {
        const { ingress = [], egress = [] } = own as NetworkPolicySpec;
        for (const peers of [...ingress.map(({ from }) => from), ...egress.map(({ to }) => to)]) {
          const blocks = (peers ?? []).flatMap((peer) => ('ipBlock' in peer ? [peer.ipBlock as Block] : []));
          for (const { except = [] } of blocks)
            expect([metadata.name, blocks.filter(({ cidr }) => meets(cidr, except))]).toEqual([metadata.name, []]);
        }
      }
    }
    const { ingress } = plainPolicy(nimbus, 'easyhaproxy/easyhaproxy');
    expect(
      ingress?.map(({ from }) => from?.map((peer) => ('ipBlock' in peer ? (peer.ipBlock as Block).cidr : ''))),
    ).toEqual([['10.10.0.0/16'], ['0.0.0.0/0']]);
  });

  test('never has an empty list of peers or ports, which would mean everyone or everything', () => {
    for (const [, spec] of CLUSTERS.filter(([name]) => name !== 'homelab')) {
      for (const { metadata, spec: own } of render(policies, spec)) {
        if (metadata.name === 'default-deny') continue;
        const { ingress = [], egress = [] } = own as NetworkPolicySpec;
        for (const { from } of ingress) expect(from?.length).toBeGreaterThan(0);
        for (const { to } of egress) expect(to?.length).toBeGreaterThan(0);
        for (const { ports } of [...ingress, ...egress])
          if (ports !== undefined) expect(ports.length).toBeGreaterThan(0);
      }
    }
  });
});

describe('a CiliumNetworkPolicy', () => {
  test('names a party of one kind in each rule', () => {
    const kinds = ['fromEndpoints', 'fromEntities', 'fromCIDR', 'toEndpoints', 'toEntities', 'toCIDR', 'toFQDNs'];
    for (const { metadata, spec } of render(policies, homelab)) {
      if (metadata.name === 'default-deny') continue;
      const { ingress = [], egress = [] } = spec as CiliumSpec;
      for (const rule of [...ingress, ...egress])
        expect(Object.keys(rule).filter((key) => kinds.includes(key))).toHaveLength(1);
    }
  });

  test('lets names through by name, and the look-ups by which Cilium learns whose they are', () => {
    const { egress = [] } = ciliumPolicy(shop([{ outside: 'db', port: 5432, reason: 'orders' }], cilium), 'shop/web');
    expect(egress).toEqual([
      {
        toFQDNs: [{ matchPattern: '*.example.org' }, { matchName: 'db.example.net' }],
        toPorts: [{ ports: [{ port: '5432', protocol: 'TCP' }] }],
      },
      {
        toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s-app': 'kube-dns' } }],
        toPorts: [
          {
            ports: [
              { port: '53', protocol: 'TCP' },
              { port: '53', protocol: 'UDP' },
            ],
            rules: { dns: [{ matchPattern: '*' }] },
          },
        ],
      },
    ]);
  });

  test('asks for methods and paths at the pods that are called', () => {
    const http = [{ method: 'GET' as const, path: '/items/.*' }, { method: 'HEAD' as const }];
    const { ingress = [] } = ciliumPolicy(shop([{ app: 'api', http, reason: 'offers' }], cilium), 'shop/api');
    expect(ingress.find((rule) => 'fromEndpoints' in rule)?.['toPorts']).toEqual([
      {
        ports: [{ port: '8080', protocol: 'TCP' }],
        rules: { http: [{ method: 'HEAD' }, { method: 'GET', path: '/items/.*' }] },
      },
    ]);
  });

  test('a caller with no limits lifts nobody else’s', () => {
    const apps: ClusterSpec['apps'] = {
      api: { namespace: 'shop', ports: { http: 8080 } },
      job: { namespace: 'shop', needs: [{ app: 'api', reason: 'stock' }] },
      web: { namespace: 'shop', needs: [{ app: 'api', http: [{ method: 'GET' }], reason: 'offers' }] },
    };
    const { ingress = [] } = ciliumPolicy(smallSpec({ ...cilium, apps }), 'shop/api');
    const limited = ingress.filter(({ toPorts }) => JSON.stringify(toPorts).includes('http'));
    expect(JSON.stringify(limited)).toContain('"app.kubernetes.io/name":"web"');
    expect(JSON.stringify(limited)).not.toContain('"app.kubernetes.io/name":"job"');
  });

  test('knows servers as those that run the API server, and a prefix with nodes in it finds them, too', () => {
    const api = ciliumPolicy(shop([{ kubernetes: 'api', reason: 'watches pods' }], cilium), 'shop/web');
    expect(api.egress?.[0]?.['toEntities']).toEqual(['kube-apiserver']);
    const outside = { lan: { addresses: '192.168.50.0/24' } };
    const lan = ciliumPolicy(
      shop([{ outside: 'lan', port: 80, reason: 'devices' }], { ...cilium, outside }),
      'shop/web',
    );
    expect(lan.egress).toMatchObject([{ toEntities: ['host', 'remote-node'] }, { toCIDR: ['192.168.50.0/24'] }]);
  });

  test('every pod is one with a namespace: an empty selector would mean the policy’s own', () => {
    const { ingress = [] } = ciliumPolicy(smallSpec(cilium), 'kube-system/coredns');
    expect(JSON.stringify(ingress)).toContain(
      '[{"matchExpressions":[{"key":"k8s:io.kubernetes.pod.namespace","operator":"Exists"}]}]',
    );
  });
});

describe('adoption', () => {
  const parts = (spec: ClusterSpec) => bind(REGISTRY, clusterSchema.parse(spec));
  const rendered = (spec: ClusterSpec) => parts(spec).find(({ name }) => name === 'policies')?.delivers;
  const notes = (spec: ClusterSpec) =>
    planOf(spec)
      .notes.filter(({ section }) => section === 'policies')
      .map(({ text }) => text)
      .join();
  const audit = (spec: Partial<ClusterSpec>) => smallSpec({ ...spec, policies: 'audit' });

  test('Cilium is told to watch, and given all policies', () => {
    const values = parts(audit(cilium))
      .find(({ name }) => name === 'cilium')
      ?.helm()?.values;
    expect(values).toMatchObject({ policyAuditMode: true });
    expect(rendered(audit(cilium))).toBe(true);
    expect(notes(audit(cilium))).toContain('those that guard the nodes included');
    const enforced = parts(smallSpec(cilium))
      .find(({ name }) => name === 'cilium')
      ?.helm()?.values;
    expect(enforced).not.toHaveProperty('policyAuditMode');
  });

  test('an engine that cannot watch is given none, and the document says so', () => {
    expect(rendered(audit({}))).toBe(false);
    expect(notes(audit({}))).toContain('what is in none of them will be cut off');
    expect(findingsOf(audit({})).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('off leaves everything open, the API for every pod too', () => {
    const off = smallSpec({ policies: 'off' });
    expect(rendered(off)).toBeUndefined();
    expect(planOf(off).flows.map(({ reason }) => reason)).toContain('pods call the API');
    expect(planOf(smallSpec()).flows.map(({ reason }) => reason)).not.toContain('pods call the API');
  });
});

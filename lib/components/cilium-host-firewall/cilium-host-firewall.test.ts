import { documentOf } from '../../../test/support/document';
import { codesOf, findingsOf, planOf } from '../../../test/support/plan';
import { bound, render } from '../../../test/support/render';
import { DUAL_RANGES, smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';
import { ciliumHostFirewall } from './index';

type Cni = Extract<ClusterSpec['cni'], { kind: 'cilium' }>;
interface Ingress {
  readonly fromEntities?: readonly string[];
  readonly fromCIDR?: readonly string[];
  readonly fromEndpoints?: readonly {
    readonly matchLabels?: Readonly<Record<string, string>>;
    readonly matchExpressions?: readonly { readonly key: string; readonly operator: string }[];
  }[];
  readonly toPorts?: readonly { readonly ports: readonly { port: string; endPort?: number; protocol: string }[] }[];
  readonly icmps?: readonly { readonly fields: readonly { family: string; type: number }[] }[];
}
interface Policy {
  readonly metadata: { readonly name: string };
  readonly specs: readonly { description: string; nodeSelector: object; ingress: readonly Ingress[] }[];
}

const withCilium = (changes: Partial<ClusterSpec> = {}, cni: Partial<Cni> = {}) =>
  smallSpec({ cni: { kind: 'cilium', ...cni }, firewall: { kind: 'none' }, ...changes });
const policies = (spec: ClusterSpec) =>
  new Map((render(ciliumHostFirewall, spec) as unknown as Policy[]).map((policy) => [policy.metadata.name, policy]));
const rules = (spec: ClusterSpec, name: string) => policies(spec).get(`wayleave-${name}`)?.specs ?? [];

/** Sources that may call a port, in words: entities, addresses, and `pods` with what selects them. */
function callers(spec: ClusterSpec, name: string, port: string): string[] {
  const sources = rules(spec, name)
    .flatMap(({ ingress }) => ingress)
    .filter(({ toPorts }) => toPorts?.some(({ ports }) => ports.some((one) => one.port === port)))
    .flatMap(({ fromEntities = [], fromCIDR = [], fromEndpoints = [] }) => [
      ...fromEntities,
      ...fromCIDR,
      ...fromEndpoints.map(({ matchLabels }) => `pods ${Object.values(matchLabels ?? { all: 'all' }).join('/')}`),
    ]);
  return [...new Set(sources)].sort();
}

test('servers and agents have a policy each, by the label that K3s sets and Cilium heeds', () => {
  expect([...policies(withCilium()).keys()]).toEqual(['wayleave-servers', 'wayleave-agents']);
  for (const [name, operator] of [
    ['servers', 'Exists'],
    ['agents', 'DoesNotExist'],
  ] as const) {
    for (const { nodeSelector } of rules(withCilium(), name)) {
      expect(nodeSelector).toEqual({
        matchExpressions: [{ key: 'node-role.kubernetes.io/control-plane', operator }],
      });
    }
  }
});

test('a cluster of one role has one policy for every node', () => {
  const nodes = { a: { role: 'server', addresses: { lan: '192.168.50.11' } } } as const;
  const only = rules(withCilium({ nodes }), 'nodes');
  expect(only.length).toBeGreaterThan(0);
  expect(only.every(({ nodeSelector }) => JSON.stringify(nodeSelector) === '{}')).toBe(true);
});

test('every rule says why it is there, and names one kind of peer: Cilium refuses two in one', () => {
  for (const { description, ingress } of [...rules(withCilium(), 'servers'), ...rules(withCilium(), 'agents')]) {
    expect(description).not.toBe('');
    for (const { fromEntities, fromCIDR, fromEndpoints } of ingress) {
      expect([fromEntities, fromCIDR, fromEndpoints].filter((kind) => kind !== undefined)).toHaveLength(1);
    }
    expect(ingress.length).toBeGreaterThan(0);
  }
});

test('whoever keeps the cluster alive is not shut out: nodes, machines that join, pods of Argo CD', () => {
  const spec = withCilium({ gitops: { kind: 'argocd', repository: 'https://git.example.org/a.git' } });
  expect(callers(spec, 'servers', '6443')).toEqual(
    expect.arrayContaining([
      'remote-node',
      // Of the machine that joins next Cilium knows no more than its address.
      '192.168.50.12/31',
      'pods kube-dns/kube-system',
      'pods argocd/argocd-application-controller/argocd',
    ]),
  );
  expect(callers(spec, 'servers', '6443')).not.toContain('pods all');
  expect(callers(spec, 'servers', '6443')).not.toContain('world');
  expect(callers(spec, 'agents', '6443')).toEqual([]);
});

test('other nodes reach etcd, kubelet, tunnel and health; etcd of servers alone', () => {
  for (const port of ['2379', '10250', '6081', '4240', '51871']) {
    const spec = withCilium({}, { routing: 'geneve', encryption: 'wireguard' });
    expect(callers(spec, 'servers', port)).toContain('remote-node');
    expect(callers(spec, 'agents', port).includes('remote-node')).toBe(port !== '2379');
  }
  const etcd = rules(withCilium(), 'servers')
    .flatMap(({ ingress }) => ingress)
    .flatMap(({ toPorts = [] }) => toPorts.flatMap(({ ports }) => ports))
    .find(({ port }) => port === '2379');
  expect(etcd).toEqual({ port: '2379', endPort: 2380, protocol: 'TCP' });
});

test('the other tunnel’s port is closed', () => {
  expect(callers(withCilium({}, { routing: 'vxlan' }), 'servers', '6081')).toEqual([]);
  expect(callers(withCilium({}, { routing: 'vxlan' }), 'servers', '8472')).toContain('remote-node');
});

test('anyone means the world and the other nodes, which Cilium does not count to it', () => {
  expect(callers(withCilium(), 'agents', '22')).toEqual(['remote-node', 'world']);
});

test('a rule for the LAN names the other nodes too: addresses never match them', () => {
  const spec = withCilium({ firewall: { kind: 'none', ssh: { from: [{ network: 'lan' }] } } });
  expect(callers(spec, 'agents', '22')).toEqual(['192.168.50.0/24', 'remote-node']);
});

test('addresses of nobody here bring no other node in', () => {
  const spec = withCilium({ firewall: { kind: 'none', ssh: { from: [{ addresses: '203.0.113.7' }] } } });
  expect(callers(spec, 'agents', '22')).toEqual(['203.0.113.7/32']);
});

test('pods are named by namespace and labels, all pods by having a namespace', () => {
  const metrics = callers(withCilium(), 'agents', '10250');
  expect(metrics).toContain('pods metrics-server/kube-system');
  const any = rules(withCilium({ policies: 'off' }), 'servers')
    .flatMap(({ ingress }) => ingress)
    .flatMap(({ fromEndpoints = [] }) => fromEndpoints)
    .find(({ matchLabels }) => matchLabels === undefined);
  expect(any?.matchExpressions).toEqual([{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }]);
});

test('a hostNetwork ingress is open on its nodes’ role, one behind a Service is the pods’ own matter', () => {
  const ingress = (mode: 'host-network' | 'load-balancer') =>
    withCilium({ ingress: [{ kind: 'traefik', mode, nodes: 'agents', allowFrom: ['anywhere'] }] });
  expect(callers(ingress('host-network'), 'agents', '443')).toEqual(['remote-node', 'world']);
  expect(callers(ingress('host-network'), 'servers', '443')).toEqual([]);
  expect(callers(ingress('load-balancer'), 'agents', '443')).toEqual([]);
  expect(callers(ingress('load-balancer'), 'agents', '8443')).toEqual([]);
});

test('path MTU discovery stays open, by the numbers of the message types', () => {
  expect(icmpTypes(withCilium({ k3s: dualStack }))).toEqual(
    expect.arrayContaining(['IPv4 3', 'IPv6 2', 'IPv6 135', 'IPv4 8']),
  );
});

const dualStack = {
  nodeNetwork: 'lan',
  ...DUAL_RANGES,
};

function icmpTypes(spec: ClusterSpec): string[] {
  return rules(spec, 'agents')
    .flatMap(({ ingress }) => ingress)
    .flatMap(({ icmps = [] }) => icmps.flatMap(({ fields }) => fields))
    .map(({ family, type }) => `${family} ${type}`);
}

describe('without IPv6 pods Cilium drops the nodes’ IPv6 before any policy', () => {
  const sysctls = (spec: ClusterSpec) =>
    (bound(ciliumHostFirewall, spec).host(planOf(spec), 'a').sysctls ?? []).map(({ key, value }) => `${key}=${value}`);

  test('so no rule pretends to let it in', () => {
    expect(icmpTypes(withCilium()).filter((type) => type.startsWith('IPv6'))).toEqual([]);
    const leased = { lan: { ...smallSpec().networks['lan'], addressing: 'dhcp' } } as ClusterSpec['networks'];
    expect(
      planOf(withCilium({ networks: leased }))
        .flows.map(({ reason }) => reason)
        .join(),
    ).not.toContain('DHCPv6');
  });

  test('the machine does without it, but on loopback, and the document says why', () => {
    expect(sysctls(withCilium())).toEqual([
      'net.ipv6.conf.all.disable_ipv6=1',
      'net.ipv6.conf.default.disable_ipv6=1',
      'net.ipv6.conf.lo.disable_ipv6=0',
    ]);
    expect(documentOf(withCilium())).toContain('IPv6 is dead on these nodes');
  });

  test('with IPv6 pods, without the firewall, or with another pod network it lives', () => {
    for (const spec of [withCilium({ k3s: dualStack }), withCilium({}, { hostFirewall: false }), smallSpec()]) {
      expect(documentOf(spec)).not.toContain('IPv6 is dead');
      expect(planOf(spec).flows.some(({ protocol }) => protocol === 'icmpv6')).toBe(true);
    }
    expect(sysctls(withCilium({ k3s: dualStack }))).toEqual([]);
  });
});

test('one owner: beside nftables it is a fault, and without it the nodes may have nftables', () => {
  const [twice, ...more] = findingsOf(withCilium({ firewall: { kind: 'nftables' } }));
  expect(more).toEqual([]);
  expect(twice).toMatchObject({
    code: 'CAPABILITY_TWICE',
    fix: 'firewall: { kind: none }, which leaves it to cilium-host-firewall',
  });
  expect(codesOf(withCilium({ firewall: { kind: 'nftables' } }, { hostFirewall: false }))).toEqual([]);
});

import { planOf } from '../../test/support/plan';
import { filesOf } from '../../test/support/files';
import { pairSpec } from '../../test/support/spec';
import type { ClusterSpec } from '../spec/cluster';
import type { Former } from './former';
import { upgradeFindings } from './upgrade';

function fresh(spec: ClusterSpec) {
  const files = filesOf(spec);
  return { get: (path: string) => files.get(path), files: () => [...files.keys()].map((path) => ({ path })) };
}

/** What is said when one spec takes the place of another. */
function between(before: ClusterSpec, after: ClusterSpec, changes: Record<string, string | undefined> = {}) {
  const was = filesOf(before);
  const read: Former['read'] = (path) => (path in changes ? changes[path] : was.get(path));
  const has: Former['has'] = (path) => read(path) !== undefined;
  const former: Former = { has, read, place: (path) => `dist/pair/${path}` };
  return upgradeFindings(former, planOf(after), fresh(after));
}

const range = (clusterCidr: string) => pairSpec({ k3s: { nodeNetwork: 'lan', clusterCidrs: [clusterCidr] } });

const nothing: Former = { has: () => false, read: () => undefined, place: (path) => path };

test('nothing changes, or nothing was there: nothing is said', () => {
  expect(between(pairSpec(), pairSpec())).toEqual([]);
  expect(upgradeFindings(nothing, planOf(range('10.48.0.0/16')), fresh(range('10.48.0.0/16')))).toEqual([]);
});

test.each([
  ['missing', undefined, 'is not there;'],
  ['empty', '', 'is damaged'],
  ['a list', '[]', 'is damaged'],
  ['an empty mapping', '{}', 'is damaged'],
  ['half a plan', '{', 'is damaged'],
  ['without claims', '{"spec":{},"k3sFlags":{}}', 'is damaged'],
  ['of flags that are a list', '{"spec":{},"claims":[],"k3sFlags":[1]}', 'is damaged'],
  ['of the wrong shape', '{"spec":7,"claims":[null],"releases":"x","k3sFlags":[1],"loadBalancers":[{}]}', 'is damaged'],
])('a former plan that is %s is no reason to fail, and none to be silent', (_, text, words) => {
  const found = between(pairSpec(), range('10.48.0.0/16'), { 'network.json': text });
  expect(found.map(({ code, severity, at }) => [code, severity, at])).toEqual([['UPGRADE_UNCOMPARED', 'warning', []]]);
  expect(found[0]?.message).toContain(`dist/pair/network.json ${words}`);
});

test.each(['*a', '&a [*a, *a', 'spec: *gone', 'kind: {', 'a: b: c'])(
  'a former manifest that holds %s is no reason to fail, and none to be silent',
  (text) => {
    const path = 'namespaces/cluster.k8s.yaml';
    const apps = { web: { namespace: 'web', ports: { http: 80 } } };
    const found = between(pairSpec({ apps }), pairSpec({ apps, notes: ['another'] }), { [path]: `---\n${text}\n` });
    expect(found.map(({ code }) => code)).toEqual(['UPGRADE_UNCOMPARED']);
    expect(found[0]?.message).toContain(`dist/pair/${path} is damaged`);
  },
);

test('a former tree whose index is gone is compared by its plan', () => {
  const found = between(pairSpec(), range('10.48.0.0/16'), { 'index.json': undefined });
  expect(found.map(({ code }) => code)).toEqual(['UPGRADE_NOT_IN_PLACE']);
});

test('a former tree of which neither plan nor index is left is not taken for none', () => {
  const found = between(pairSpec(), pairSpec(), { 'index.json': undefined, 'network.json': undefined });
  expect(found.map(({ code, message }) => [code, message])).toEqual([
    ['UPGRADE_UNCOMPARED', expect.stringContaining('dist/pair/network.json is not there')],
  ]);
});

test('a former tree that nobody may read is not taken for none', () => {
  const locked: Former = { has: () => true, read: () => undefined, place: (path) => path };
  const found = upgradeFindings(locked, planOf(pairSpec()), fresh(pairSpec()));
  expect(found.map(({ code, message }) => [code, message])).toEqual([
    ['UPGRADE_UNCOMPARED', expect.stringContaining('network.json may not be read')],
  ]);
});

test('a folder that holds none of what Wayleave writes is that of no former tree', () => {
  const others: Former = { ...nothing, has: (path) => path === 'README.md' };
  expect(upgradeFindings(others, planOf(pairSpec()), fresh(pairSpec()))).toEqual([]);
});

test('a former plan whose parts are odd is compared as far as it goes', () => {
  const text = '{"spec":{},"claims":[null],"releases":"x","k3sFlags":{"a":[1]},"loadBalancers":[{}]}';
  const found = between(pairSpec(), range('10.48.0.0/16'), { 'network.json': text });
  expect(new Set(found.map(({ code }) => code))).toEqual(new Set(['UPGRADE_ALL_SERVERS']));
});

test('a second family cannot be added later', () => {
  const dual = pairSpec({
    networks: {
      lan: { kind: 'lan', interface: 'eth0', prefix: '192.168.50.0/24', gateway: '192.168.50.1' },
    },
    k3s: {
      nodeNetwork: 'lan',
      clusterCidrs: ['10.42.0.0/16'],
      serviceCidrs: ['10.44.0.0/16'],
      clusterDns: '10.44.0.10',
    },
  });
  expect(between(pairSpec(), dual).map(({ code, at }) => [code, ...at.flat()])).toEqual([
    ['UPGRADE_NOT_IN_PLACE', 'k3s', 'serviceCidrs'],
    ['UPGRADE_NOT_IN_PLACE', 'k3s', 'clusterDns'],
  ]);
});

test('etcd is not given up again', () => {
  const with_ = (datastore: 'etcd' | 'sqlite') => pairSpec({ k3s: { nodeNetwork: 'lan', datastore } });
  expect(between(with_('etcd'), with_('sqlite')).map(({ code }) => code)).toEqual(['UPGRADE_NOT_IN_PLACE']);
  expect(between(with_('sqlite'), with_('etcd'))).toEqual([]);
});

test('K3s goes up one minor release at a time, by any patch', () => {
  const at = (version: string) => pairSpec({ k3s: { nodeNetwork: 'lan', version } });
  expect(between(at('v1.33.1+k3s1'), at('v1.34.9+k3s1'))).toEqual([]);
  const [jump, ...more] = between(at('v1.31.1+k3s1'), at('v1.34.9+k3s1'));
  expect(more).toEqual([]);
  expect(jump).toMatchObject({ code: 'UPGRADE_STEP', fix: 'a release of 1.32 first' });
  expect(jump?.message).toContain('past 1.32, 1.33');
});

test('a selector that an older version wrote otherwise', () => {
  const spec = pairSpec({
    ingress: [{ kind: 'traefik', mode: 'host-network' }],
    tunnels: [{ kind: 'cloudflare-tunnel', tunnelId: '00000000-0000-4000-8000-000000000000' }],
  });
  const path = 'cloudflare-tunnel/cloudflare.k8s.yaml';
  const text = filesOf(spec).get(path) ?? '';
  const old = text.replaceAll('app.kubernetes.io/name', 'app');
  expect(old).not.toBe(text);
  const found = between(spec, spec, { [path]: old, 'index.json': 'another' });
  expect(found.map(({ code, message }) => [code, message])).toEqual([
    ['UPGRADE_IMMUTABLE', expect.stringMatching(/^spec\.selector of Deployment cloudflare\/cloudflared changes/)],
  ]);
});

describe('another backend of Flannel', () => {
  const fixes = (more: object) =>
    between(pairSpec({ cni: { kind: 'flannel', backend: 'vxlan' } }), pairSpec({ cni: { kind: 'flannel', ...more } }))
      .filter(({ code }) => code === 'UPGRADE_ALL_SERVERS')
      .map(({ fix }) => fix);

  test('is rolled node by node, with the ports of both open', () => {
    expect(fixes({ backend: 'wireguard-native' })).toEqual([
      expect.stringMatching(/^cni\.migrating: true, .*one node after/),
    ]);
  });

  test('is told the order alone where that is so', () => {
    expect(fixes({ backend: 'wireguard-native', migrating: true })).toEqual([
      expect.stringMatching(/^firewalls of all nodes/),
    ]);
  });
});

test('another pod network stops the servers', () => {
  const found = between(pairSpec(), pairSpec({ cni: { kind: 'cilium' }, firewall: { kind: 'none' } }));
  expect(found.find(({ message }) => message.includes('flannel-backend'))?.fix).toMatch(/^stop K3s on every server/);
});

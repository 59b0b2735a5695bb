import { printPath } from '../../spec/finding';
import { findingsOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const apps: ClusterSpec['apps'] = {
  web: { namespace: 'shop', ports: { http: 8080 }, needs: [{ app: 'cache', reason: 'sessions' }] },
  cache: { namespace: 'shop', ports: { redis: 6379 } },
};
const found = (more: Partial<ClusterSpec>) =>
  findingsOf(
    smallSpec({
      networks: { lan: { kind: 'lan', interface: 'eth0', prefix: '192.168.50.0/24', trusted: false } },
      firewall: { kind: 'nftables', ssh: { from: [{ network: 'lan' }] } },
      apps,
      ...more,
    }),
  ).filter(({ code }) => code === 'FLOW_IN_CLEAR');

test('one finding a network, with what rides there and where that is asked for', () => {
  const [finding, ...more] = found({});
  expect(more).toEqual([]);
  expect(finding?.severity).toBe('warning');
  expect(finding?.at).toEqual(expect.arrayContaining([['cni'], ['networks', 'lan'], ['apps', 'web', 'needs', 0]]));
  expect(finding?.message).toContain('shop/web → shop/cache 6379/tcp');
  expect(finding?.message).not.toContain('8472/udp');
});

test.each<ClusterSpec['cni']>([
  { kind: 'flannel', backend: 'wireguard-native' },
  { kind: 'calico', wireguard: true },
])('with $kind’s encryption pods have nothing to hide', (cni) => {
  if (cni === undefined) throw new Error('no pod network');
  expect(found({ cni }).flatMap(({ message }) => /inside/.exec(message) ?? [])).toEqual([]);
});

test('two apps on the nodes’ own network speak over it as it is', () => {
  const onHost = Object.fromEntries(
    Object.entries(apps).map(([name, app]) => [name, { ...app, hostNetwork: true }]),
  ) as ClusterSpec['apps'];
  const [finding] = found({ apps: onHost ?? {}, cni: { kind: 'flannel', backend: 'wireguard-native' } });
  expect(finding?.message).toContain('in clear, as it is');
  expect(finding?.fix).toContain('overlay');
  const places = finding?.at.map(printPath) ?? [];
  expect(places).toEqual([...new Set(places)]);
});

test('where pods are encrypted already, what shares a node’s network is told what helps', () => {
  const [finding] = found({
    cni: { kind: 'cilium', encryption: 'wireguard' },
    firewall: { kind: 'none' },
    ingress: [{ kind: 'traefik', mode: 'host-network' }],
    apps: { web: { namespace: 'shop', ports: { http: 8080 }, hosts: ['shop.example.com'] } },
  });
  expect(finding?.message).toContain('kube-system/traefik → shop/web');
  expect(finding?.fix).toContain('an overlay between the nodes');
});

describe('callers from beyond a LAN', () => {
  const pool = { main: { addresses: '192.168.50.200-192.168.50.209', network: 'lan' } };
  const routed = (ports: object, allowFrom: readonly unknown[], lan: object = { gateway: '192.168.50.1' }) =>
    found({
      networks: { lan: { kind: 'lan', interface: 'eth0', prefix: '192.168.50.0/24', ...lan } },
      loadBalancers: [{ kind: 'metallb', pools: pool }],
      ingress: [
        { kind: 'gateway', namespace: 'edge', image: 'registry.test/gateway:1', ports, allowFrom },
      ] as NonNullable<ClusterSpec['ingress']>,
      apps: { mqtt: { namespace: 'home', ports: { mqtt: 1883 }, loadBalancer: {} } },
    });
  const http = { http: { container: 8080, service: 80 }, all: { service: '8000-8999' } };

  test('are told of each port of a gateway that is in clear, and where it stands', () => {
    const findings = routed(http, ['anywhere']);
    expect(findings.map(({ at }) => at[0])).toEqual([
      ['ingress', 0, 'ports', 'all'],
      ['ingress', 0, 'ports', 'http'],
    ]);
    expect(findings[0]?.message).toContain('anywhere calls edge/gateway at 8000-8999/tcp beyond the cluster in clear');
    expect(findings[0]?.fix).toContain('allowFrom');
  });

  test('are safe where the port brings its own protection', () => {
    const ports = { https: { service: 443, tls: true }, ssh: { service: 22, encryptedBy: 'SSH' } };
    expect(routed(ports, ['anywhere'])).toEqual([]);
  });

  test.each([
    ['the LAN', { network: 'lan' }],
    ['private addresses', { addresses: '10.8.0.0/24' }],
  ])('%s is none of them', (_, from) => expect(routed(http, [from])).toEqual([]));

  test('are those with public addresses, too', () =>
    expect(routed(http, [{ addresses: '203.0.113.0/24' }])).toHaveLength(2));

  test('come to no LAN without a router', () => expect(routed(http, ['anywhere'], {})).toEqual([]));
});

test('the challenge of a certificate is there for everyone to read', () => {
  const certificates: ClusterSpec['certificates'] = {
    kind: 'cert-manager',
    issuers: { le: { server: 'letsencrypt', solvers: [{ kind: 'http01', ingress: 'traefik' }] } },
    certificates: { shop: { namespace: 'shop', issuer: 'le', names: ['shop.test'] } },
  };
  const ingress: ClusterSpec['ingress'] = [{ kind: 'traefik', mode: 'host-network' }];
  for (const { message } of found({ certificates, ingress })) expect(message).not.toMatch(/cert-manager|solver/);
});

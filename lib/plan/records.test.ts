import honeydue from '../../clusters/honeydue';
import jigga from '../../clusters/jigga';
import { crossroadsSpec } from '../../test/support/crossroads';
import { planOf } from '../../test/support/plan';
import { smallSpec } from '../../test/support/spec';
import type { ClusterSpec } from '../spec/cluster';

const TUNNEL = '00000000-0000-4000-8000-00000000000A';
const TARGET = '00000000-0000-4000-8000-00000000000a.cfargotunnel.com';

const records = (spec: ClusterSpec) =>
  planOf(spec).records.map(
    ({ name, type, values, proxied }) => `${name} ${type} ${values.join(' ') || '?'}${proxied ? ' proxied' : ''}`,
  );

const spec = (changes: Partial<ClusterSpec>, hosts: object[] = [{ host: 'a.shop.test' }]): ClusterSpec =>
  smallSpec({
    ingress: [{ kind: 'traefik', mode: 'host-network', nodes: 'servers' }],
    tunnels: [{ kind: 'cloudflare-tunnel', name: 'public', tunnelId: TUNNEL }],
    dns: { zones: { 'shop.test': { proxied: true } } },
    apps: { web: { namespace: 'shop', ports: { http: 80 }, hosts: hosts as { host: string }[] } },
    ...changes,
  });

test('an ingress on the host network: the addresses of the nodes it runs on, each of them', () => {
  expect(records(spec({}))).toEqual(['a.shop.test A 192.168.50.11 192.168.50.12 proxied']);
});

test('honeydue: every host, proxied as its zone says', () => {
  const nodes = '178.104.247.152 178.104.249.189 178.105.32.198';
  expect(records(honeydue)).toEqual([
    `admin.myhoneydue.com A ${nodes} proxied`,
    `api.myhoneydue.com A ${nodes} proxied`,
    `myhoneydue.com A ${nodes} proxied`,
  ]);
});

test('a tunnel’s host leads to the tunnel, proxied whatever its zone says', () => {
  const dns = { zones: { 'shop.test': { proxied: false } } };
  expect(records(spec({ dns }, [{ host: 'a.shop.test', tunnel: 'public' }]))).toEqual([
    `a.shop.test CNAME ${TARGET} proxied`,
  ]);
});

test('a name that an ingress serves too has the tunnel’s record alone: a CNAME stands by itself', () => {
  const hosts = [{ host: 'a.shop.test' }, { host: 'a.shop.test', tunnel: 'public' }];
  expect(records(spec({}, hosts))).toEqual([`a.shop.test CNAME ${TARGET} proxied`]);
});

describe('a record that the spec states', () => {
  const dns = (name: string, proxied = false): Partial<ClusterSpec> => ({
    dns: { zones: { 'shop.test': {} }, records: [{ name, type: 'A', value: '192.168.50.9', proxied }] },
  });

  test('stands for its name, and a wildcard for those beside it', () => {
    expect(records(spec(dns('a.shop.test')))).toEqual(['a.shop.test A 192.168.50.9']);
    expect(records(spec(dns('*.shop.test')))).toEqual(['*.shop.test A 192.168.50.9']);
  });

  test('a wildcard does not stand for a tunnel’s host, which has a way of its own', () => {
    const hosts = [{ host: 'a.shop.test', tunnel: 'public' }];
    expect(records(spec(dns('*.shop.test', true), hosts))).toEqual([
      '*.shop.test A 192.168.50.9 proxied',
      `a.shop.test CNAME ${TARGET} proxied`,
    ]);
  });
});

test('jigga: the inside by one wildcard, what is public by the tunnel, and where each comes from', () => {
  expect(planOf(jigga).records.map(({ name, type, zone, why, source }) => [name, type, zone, why, source])).toEqual([
    ['*.int.jigga.xyz', 'A', 'jigga.xyz', 'internal wildcard', ['dns', 'records', 0]],
    ['jigga.xyz', 'CNAME', 'jigga.xyz', 'tunnel public to homepage', ['apps', 'homepage', 'hosts', 0]],
    ['passwords.jigga.xyz', 'CNAME', 'jigga.xyz', 'tunnel public to vaultwarden', ['apps', 'vaultwarden', 'hosts', 0]],
  ]);
});

test('ServiceLB: where strangers find it, and not where neighbours behind the router of a LAN do', () => {
  const users = { kind: 'lan' as const, interface: 'eth9', prefix: '192.168.60.0/24' };
  const routed = { kind: 'lan' as const, interface: 'eth0', prefix: '192.168.50.0/24', gateway: '192.168.50.1' };
  const called = (allowFrom: NonNullable<NonNullable<ClusterSpec['ingress']>[number]['allowFrom']>) =>
    records(
      crossroadsSpec({
        networks: { ...crossroadsSpec().networks, lan: routed, users },
        loadBalancers: [{ kind: 'servicelb' }],
        ingress: [{ kind: 'traefik', mode: 'load-balancer', allowFrom }],
        apps: { web: { namespace: 'shop', ports: { http: 80 }, hosts: ['a.shop.test'] } },
      }),
    );
  expect(called(['anywhere', { network: 'users' }])).toEqual(['a.shop.test A 198.51.100.1 198.51.100.2']);
  expect(called([{ network: 'users' }])).toEqual(['a.shop.test A 192.168.50.11 192.168.50.12']);
});

test('which address of a pool it will be is not known before', () => {
  const pool = { addresses: '192.168.50.200-192.168.50.203', network: 'lan' };
  const balanced = spec({
    k3s: { nodeNetwork: 'lan', disable: ['servicelb'] },
    loadBalancers: [{ kind: 'metallb', pools: { main: pool } }],
    ingress: [{ kind: 'traefik' }],
  });
  expect(records(balanced)).toEqual(['a.shop.test A ? proxied']);
});

test('a name outside every zone has a record that somebody else must make', () => {
  expect(planOf(spec({ dns: {} })).records).toMatchObject([{ name: 'a.shop.test', proxied: false }]);
  expect(planOf(spec({ dns: {} })).records[0]?.zone).toBeUndefined();
});

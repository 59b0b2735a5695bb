import { findingsOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

type Certificates = NonNullable<ClusterSpec['certificates']>;
type Issuer = Certificates['issuers'][string];
type Solvers = NonNullable<Issuer['solvers']>;
type Sources = NonNullable<Extract<NonNullable<ClusterSpec['ingress']>[number], { kind: 'traefik' }>['allowFrom']>;

const HTTP: Solvers = [{ kind: 'http01', ingress: 'traefik' }];
const dns = (zones?: string[]): Solvers[number] => ({
  kind: 'dns01-cloudflare',
  apiToken: { name: 'token', key: 'token' },
  ...(zones === undefined ? {} : { zones }),
});

interface Drawn {
  readonly allowFrom?: Sources;
  readonly issuer?: Partial<Issuer>;
  readonly more?: Partial<ClusterSpec>;
}

const found = ({ allowFrom = [{ network: 'lan' }], issuer = {}, more = {} }: Drawn) =>
  findingsOf(
    smallSpec({
      ingress: [{ kind: 'traefik', mode: 'host-network', allowFrom, defaultCertificate: 'shop' }],
      certificates: {
        kind: 'cert-manager',
        issuers: { acme: { server: 'letsencrypt', solvers: HTTP, ...issuer } },
        certificates: { shop: { namespace: 'kube-system', issuer: 'acme', names: ['shop.example.com'] } },
      },
      ...more,
    }),
  ).filter(({ code }) => code === 'CHALLENGE_UNREACHABLE');

const zone = (provider: 'cloudflare' | 'none', proxied: boolean, value: string): Partial<ClusterSpec> => ({
  dns: {
    zones: { 'example.com': { provider, ...(provider === 'none' ? {} : { proxied, originTls: 'full' }) } },
    records: [{ name: 'shop.example.com', type: 'A', value, proxied }],
  },
});

test('an ingress for networks of the cluster alone is never reached', () => {
  const [finding, ...more] = found({});
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    severity: 'error',
    at: [
      ['certificates', 'issuers', 'acme', 'solvers', 0],
      ['ingress', 0, 'allowFrom'],
      ['certificates', 'certificates', 'shop', 'names', 0],
    ],
  });
  expect(finding?.message).toContain('shop.example.com');
  expect(finding?.message).toContain('lan');
});

test('nobody may call it, and its name leads to private addresses, too: that is said once', () => {
  const [finding, ...more] = found({ allowFrom: [], more: zone('cloudflare', false, '192.168.50.11') });
  expect(more).toEqual([]);
  expect(finding?.message).toContain('lets in nobody');
});

test('anyone may call it: nothing is said', () => {
  expect(found({ allowFrom: ['anywhere'] })).toEqual([]);
  expect(found({ allowFrom: [{ network: 'lan' }, 'anywhere'] })).toEqual([]);
  expect(found({ allowFrom: [{ addresses: '0.0.0.0/0' }] })).toEqual([]);
});

test('someone beyond the cluster who is let in may be a proxy that passes the call on', () => {
  const outside = { relay: { addresses: '193.0.14.129' } };
  expect(found({ allowFrom: [{ outside: 'relay' }], more: { outside } })).toMatchObject([{ severity: 'warning' }]);
  expect(found({ allowFrom: [{ addresses: '193.0.14.129' }] })).toMatchObject([{ severity: 'warning' }]);
});

test('Cloudflare passes calls on for the names that it proxies, and for no others', () => {
  const allowFrom: Sources = ['cloudflare'];
  expect(found({ allowFrom, more: zone('cloudflare', true, '193.0.14.129') })).toEqual([]);
  expect(found({ allowFrom, more: zone('cloudflare', false, '193.0.14.129') })).toMatchObject([
    { severity: 'warning' },
  ]);
});

test('an authority of one’s own may be anywhere', () => {
  expect(found({ issuer: { server: 'https://ca.home.example.net/acme/directory' } })).toEqual([]);
  expect(found({ issuer: { server: 'https://acme-v02.api.letsencrypt.org/directory' } })).toHaveLength(1);
});

test('names that another solver proves are not called', () => {
  expect(found({ issuer: { solvers: [...HTTP, dns(['example.com'])] } })).toEqual([]);
  expect(found({ issuer: { solvers: [dns(), ...HTTP] } })).toEqual([]);
  expect(found({ issuer: { solvers: [...HTTP, dns()] } })).toHaveLength(1);
  expect(found({ issuer: { solvers: [...HTTP, dns(['example.org'])] } })).toHaveLength(1);
});

test('a name that a tunnel brings in is called at the tunnel', () => {
  const more: Partial<ClusterSpec> = {
    tunnels: [{ kind: 'cloudflare-tunnel', name: 'public', tunnelId: '00000000-0000-4000-8000-000000000000' }],
    apps: {
      web: { namespace: 'shop', ports: { http: 8080 }, hosts: [{ host: 'shop.example.com', tunnel: 'public' }] },
    },
  };
  expect(found({ more })).toEqual([]);
});

describe('an ingress that anyone may call', () => {
  const allowFrom: Sources = ['anywhere'];

  test('whose name leads to private addresses is never reached', () => {
    const [finding] = found({ allowFrom, more: zone('cloudflare', false, '192.168.50.11') });
    expect(finding).toMatchObject({ severity: 'error' });
    expect(finding?.at).toContainEqual(['dns', 'records', 0]);
    expect(finding?.message).toContain('192.168.50.11');
  });

  test('whose name leads to a public address, or to one that only a proxy or a private zone is told, is', () => {
    expect(found({ allowFrom, more: zone('cloudflare', false, '193.0.14.129') })).toEqual([]);
    expect(found({ allowFrom, more: zone('cloudflare', true, '192.168.50.11') })).toEqual([]);
    expect(found({ allowFrom, more: zone('none', false, '192.168.50.11') })).toEqual([]);
  });

  test('whose name only a wildcard beside it has a record for is led where that leads', () => {
    const more = zone('cloudflare', false, '192.168.50.11');
    const wildcard = { name: '*.example.com', type: 'A' as const, value: '192.168.50.11' };
    expect(found({ allowFrom, more: { dns: { ...more.dns, records: [wildcard] } } })).toHaveLength(1);
    const own = { ...wildcard, name: 'shop.example.com', value: '193.0.14.129' };
    expect(found({ allowFrom, more: { dns: { ...more.dns, records: [wildcard, own] } } })).toEqual([]);
  });

  test('of whose addresses one is public is reached there', () => {
    const more = zone('cloudflare', false, '192.168.50.11');
    const both = [
      ...(more.dns?.records ?? []),
      { name: 'shop.example.com', type: 'AAAA' as const, value: '2a00:1098::1' },
    ];
    expect(found({ allowFrom, more: { dns: { ...more.dns, records: both } } })).toEqual([]);
  });
});

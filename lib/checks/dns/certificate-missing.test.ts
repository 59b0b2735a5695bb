import { findingsOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';

type OriginTls = 'flexible' | 'full' | 'strict';
const found = (host: string, zone: { proxied?: boolean; originTls?: OriginTls }, uses = true) =>
  findingsOf(
    smallSpec({
      ingress: [{ kind: 'traefik', mode: 'host-network', ...(uses ? { defaultCertificate: 'shop' } : {}) }],
      certificates: {
        kind: 'cert-manager',
        issuers: {
          acme: { server: 'letsencrypt', solvers: [{ kind: 'dns01-cloudflare', apiToken: { name: 't', key: 't' } }] },
        },
        certificates: { shop: { namespace: 'kube-system', issuer: 'acme', names: ['*.example.com'] } },
      },
      dns: {
        zones: { 'example.com': zone },
        records: [{ name: host, type: 'CNAME', value: 'home.example.net', proxied: zone.proxied ?? false }],
      },
      apps: { web: { namespace: 'shop', ports: { http: 8080 }, hosts: [host] } },
    }),
  )
    .filter(({ code }) => code !== 'ORIGIN_IN_CLEAR')
    .map(({ code, severity, fix }) => ({ code, severity, fix }));

test('clients are warned, and a proxy that checks fails', () => {
  expect(found('b.a.example.com', {})).toMatchObject([{ code: 'CERTIFICATE_MISSING', severity: 'warning' }]);
  expect(found('b.a.example.com', { proxied: true })).toMatchObject([
    { code: 'CERTIFICATE_MISSING', severity: 'error' },
  ]);
});

test('nobody checks by `full`, and nobody speaks TLS by `flexible`', () => {
  expect(found('b.a.example.com', { proxied: true, originTls: 'full' })).toEqual([]);
  expect(found('b.a.example.com', { proxied: true, originTls: 'flexible' })).toEqual([]);
});

test('a certificate that is there and not in use is the fix', () => {
  expect(found('a.example.com', {})).toEqual([]);
  expect(found('a.example.com', {}, false)).toMatchObject([{ code: 'CERTIFICATE_MISSING', fix: 'shop' }]);
});

test('EasyHAProxy has none, and without one it speaks no TLS, which `full` asks for, too', () => {
  const behind = (zone: { proxied?: boolean; originTls?: OriginTls }) =>
    findingsOf(
      smallSpec({
        ingress: [{ kind: 'easyhaproxy' }],
        dns: { zones: { 'example.com': zone } },
        apps: { web: { namespace: 'shop', ports: { http: 8080 }, hosts: ['shop.example.com'] } },
      }),
    ).filter(({ code }) => code === 'CERTIFICATE_MISSING');
  expect(behind({})).toMatchObject([{ severity: 'warning' }]);
  for (const originTls of ['full', 'strict'] as const) {
    const [finding] = behind({ proxied: true, originTls });
    expect(finding).toMatchObject({
      severity: 'error',
      at: [
        ['ingress', 0],
        ['apps', 'web', 'hosts', 0],
      ],
    });
    expect(finding?.message).toMatch(/nobody answers on 443$/);
    expect(finding?.fix).toMatch(/^an ingress of kind traefik/);
  }
  expect(behind({ proxied: true, originTls: 'flexible' })).toEqual([]);
});

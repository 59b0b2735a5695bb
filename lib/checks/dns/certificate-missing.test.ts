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

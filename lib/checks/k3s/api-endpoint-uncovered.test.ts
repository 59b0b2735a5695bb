import jigga from '../../../clusters/jigga';
import { findingsOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';
import { printPath } from '../../spec/finding';

const said = (spec: ClusterSpec) =>
  findingsOf(spec)
    .filter(({ code, severity }) => code === 'API_NAME_MISSING' && severity === 'error')
    .map(({ at, message }) => `${at.map(printPath).join(' + ')}: ${message}`);
const named = (host: string, port?: number, changes: Partial<ClusterSpec> = {}) =>
  smallSpec({
    api: { endpoint: { host }, ...(port === undefined ? {} : { port }) },
    ingress: [{ kind: 'traefik', mode: 'host-network' }],
    apps: { web: { namespace: 'web', ports: { http: 80 }, hosts: ['web.example.com'] } },
    dns: { zones: { 'example.com': { proxied: false } } },
    ...changes,
  });

test('a name or an address that leads to the servers is covered', () => {
  expect(said(named('api.example.com'))).toEqual([]);
  expect(said(named('192.168.50.9'))).toEqual([]);
  expect(said(smallSpec())).toEqual([]);
});

test('a proxy shows a certificate of its own', () => {
  expect(said(named('api.example.com', undefined, { dns: { zones: { 'example.com': { proxied: true } } } }))).toEqual([
    expect.stringMatching(/^api\.endpoint\.host \+ dns: .*api\.example\.com:6443, where Cloudflare's proxy answers/),
  ]);
});

test('so does an ingress, on its own ports alone', () => {
  expect(said(named('web.example.com'))).toEqual([]);
  expect(said(named('web.example.com', 443))).toEqual([
    expect.stringMatching(/^api\.endpoint\.host \+ apps\.web\.hosts\[0\]: .*where ingress traefik answers/),
  ]);
});

test('so does a tunnel, on every port', () => {
  expect(said({ ...jigga, api: { endpoint: { host: 'jigga.xyz' } } })).toEqual([
    expect.stringContaining('where tunnel public answers'),
  ]);
});

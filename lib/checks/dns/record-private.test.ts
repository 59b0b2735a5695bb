import { findingsOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const found = (
  hosts: string[],
  zone: object = { originTls: 'flexible' },
  records: NonNullable<ClusterSpec['dns']>['records'] = [],
) =>
  findingsOf(
    smallSpec({
      ingress: [{ kind: 'traefik', mode: 'host-network' }],
      dns: { zones: { 'example.com': zone }, records },
      apps: { web: { namespace: 'shop', ports: { http: 8080 }, hosts } },
    }),
  ).filter(({ code }) => code === 'RECORD_PRIVATE');

test('addresses that follow from an ingress are reported once for all its names', () => {
  const [finding, ...more] = found(['a.example.com', 'b.example.com']);
  expect(more).toEqual([]);
  expect(finding?.at).toEqual([
    ['apps', 'web', 'hosts', 0],
    ['apps', 'web', 'hosts', 1],
  ]);
  expect(finding?.message).toContain(
    'a.example.com and b.example.com are at the private addresses 192.168.50.11-192.168.50.13',
  );
});

test('behind a proxy it cannot work', () => {
  expect(found(['a.example.com'], { proxied: true, originTls: 'full' })).toMatchObject([{ severity: 'error' }]);
});

test('a zone that nobody publishes may hold what it likes', () => {
  expect(found(['a.example.com'], { provider: 'none', originTls: 'flexible' })).toEqual([]);
});

test('an address of documents that no machine has was copied', () => {
  const records = [{ name: 'a.example.com', type: 'A' as const, value: '203.0.113.9' }];
  expect(found([], undefined, records)).toMatchObject([{ severity: 'warning' }]);
});

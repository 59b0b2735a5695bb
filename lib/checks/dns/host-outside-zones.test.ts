import { findingsOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';

const found = (zone: string | undefined, host: string) =>
  findingsOf(
    smallSpec({
      ingress: [{ kind: 'traefik', mode: 'host-network' }],
      dns: { zones: zone === undefined ? {} : { [zone]: { provider: 'none', originTls: 'flexible' } } },
      apps: { web: { namespace: 'shop', ports: { http: 8080 }, hosts: [host, { host, path: '/more' }] } },
    }),
  ).map(({ code }) => code);

test('a name is looked for once in the zones that are there, and not where there are none', () => {
  expect(found('example.org', 'shop.example.com')).toEqual(['HOST_OUTSIDE_ZONES']);
  expect(found('shop.example.com', 'shop.example.com')).toEqual([]);
  expect(found(undefined, 'shop.example.com')).toEqual([]);
});

test('a wildcard lies where its names do', () => {
  expect(found('example.com', '*.example.com')).toEqual([]);
  expect(found('shop.example.com', '*.example.com')).toEqual(['HOST_OUTSIDE_ZONES']);
});

import { findingsOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';

const found = (hosts: string[], ...names: string[]) =>
  findingsOf(
    smallSpec({
      ingress: [{ kind: 'traefik', mode: 'host-network' }],
      dns: {
        zones: { 'example.com': { provider: 'none', originTls: 'flexible' } },
        records: names.map((name) => ({ name, type: 'A' as const, value: '198.41.0.4' })),
      },
      apps: { web: { namespace: 'shop', ports: { http: 8080 }, hosts } },
    }),
  ).map(({ code, message }) => [code, message.slice(0, message.indexOf(' has no record'))]);

test('a name that exists by what is below it is taken out of the wildcard', () => {
  expect(found(['cloud.example.com'], '*.example.com', '*.cloud.example.com')).toEqual([
    ['WILDCARD_HIDDEN', 'cloud.example.com'],
  ]);
  expect(found(['cloud.example.com'], '*.example.com', 'a.b.cloud.example.com')).toEqual([
    ['WILDCARD_HIDDEN', 'cloud.example.com'],
  ]);
});

test('its own record, or one that hides another name, leaves it alone', () => {
  expect(found(['cloud.example.com'], '*.example.com', '*.cloud.example.com', 'cloud.example.com')).toEqual([]);
  expect(found(['cloud.example.com'], '*.example.com', '*.other.example.com')).toEqual([]);
  expect(found(['a.cloud.example.com'], '*.example.com', '*.cloud.example.com')).toEqual([]);
});

test('a name of another app below it hides it too', () => {
  expect(found(['cloud.example.com', 'deep.cloud.example.com'], '*.example.com')).toEqual([
    ['WILDCARD_HIDDEN', 'cloud.example.com'],
  ]);
});

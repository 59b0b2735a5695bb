import { crossroadsSpec } from '../../../test/support/crossroads';
import { documentOf } from '../../../test/support/document';
import { planOf } from '../../../test/support/plan';
import { rentedSpec } from '../../../test/support/rented';
import { smallSpec } from '../../../test/support/spec';
import { entrances, frontAddresses } from '../../plan/entrance';
import { dialledPort } from '../../plan/flow';
import type { ClusterSpec } from '../../spec/cluster';
import { wayIn } from './entrance';

/** The port by which requests for a gateway's host come in. */
function dialled(originTls: 'flexible' | 'full', ports: object): string {
  const spec = smallSpec({
    loadBalancers: [
      { kind: 'metallb', pools: { main: { addresses: '192.168.50.200-192.168.50.209', network: 'lan' } } },
    ],
    ingress: [
      { kind: 'gateway', namespace: 'edge', image: 'registry.test/gateway:1', ports, allowFrom: ['cloudflare'] },
    ] as NonNullable<ClusterSpec['ingress']>,
    dns: { zones: { 'example.com': { proxied: true, originTls } } },
    apps: { web: { namespace: 'shop', ports: { http: 8080 }, hosts: ['shop.example.com'] } },
  });
  const plan = planOf(spec);
  return entrances(plan)
    .map((entrance) => wayIn(plan, entrance))
    .map((flow) => (flow === undefined ? '' : String(dialledPort(flow) ?? '')))
    .join();
}

const ssh = { service: 22, encryptedBy: 'SSH' };
const rooms = { service: '8000-8999' };

test('requests come by the port of their scheme, whatever else a gateway listens on', () => {
  const ports = {
    ssh,
    rooms,
    admin: { service: 444, tls: true },
    http: { service: 80 },
    https: { service: 443, tls: true },
  };
  expect(dialled('full', ports)).toBe('443');
  expect(dialled('flexible', ports)).toBe('80');
});

test('where that port is another, by one that speaks the scheme', () => {
  const ports = { ssh, http: { service: 8080 }, https: { service: 8443, tls: true } };
  expect(dialled('full', ports)).toBe('8443');
  expect(dialled('flexible', ports)).toBe('8080');
});

test('the way in is that of those whom the name leads there, and not a neighbour’s', () => {
  const plan = planOf(
    crossroadsSpec({
      ingress: [
        {
          kind: 'traefik',
          mode: 'host-network',
          network: 'wan',
          allowFrom: [{ network: 'lan' }, { outside: 'office' }],
        },
      ],
      apps: { web: { namespace: 'shop', ports: { http: 8080 }, hosts: ['shop.example.com'] } },
    }),
  );
  const [entrance] = entrances(plan);
  if (entrance === undefined) throw new Error('it has a host');
  expect(wayIn(plan, entrance)).toMatchObject({ over: 'wan', from: { name: 'office' } });
  expect(String(frontAddresses(plan, entrance))).toBe('198.51.100.1-198.51.100.2');
});

test('a client is led to what the record of a name says, be it one node of many', () => {
  const spec = rentedSpec({
    ingress: [{ kind: 'traefik', mode: 'host-network' }],
    apps: { web: { namespace: 'shop', ports: { http: 8080 }, hosts: ['shop.example.com'] } },
  });
  const said = (records: NonNullable<ClusterSpec['dns']>['records']) =>
    /The client resolves .*/.exec(documentOf({ ...spec, dns: { zones: { 'example.com': {} }, records } }))?.[0];
  expect(said([])).toContain('`203.0.113.1`, `203.0.113.2`');
  expect(said([{ name: '*.example.com', type: 'A', value: '203.0.113.2' }])).toMatch(/to `203\.0\.113\.2`\.$/);
});

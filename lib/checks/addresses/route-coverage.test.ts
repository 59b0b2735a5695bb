import { codesOf, findingsOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const lan = smallSpec().networks['lan'];
const routed = (routes: string[], more: Partial<ClusterSpec> = {}): ClusterSpec =>
  smallSpec({
    networks: { ...(lan ? { lan } : {}), tail: { kind: 'tailnet', interface: 'tailscale0' } },
    loadBalancers: [
      { kind: 'metallb', pools: { main: { addresses: '192.168.50.200-192.168.50.209', network: 'lan' } } },
    ],
    tunnels: [{ kind: 'tailscale', network: 'tail', connectors: { router: { routes } } }],
    ...more,
  });
const mqtt = (addresses: string): Partial<ClusterSpec> => ({
  apps: {
    mqtt: { namespace: 'home', ports: { mqtt: 1883 }, loadBalancer: { addresses, allowFrom: [{ network: 'tail' }] } },
  },
});

test('a Service that devices may call needs a route', () => {
  const findings = findingsOf(routed(['10.42.0.0/16'], mqtt('192.168.50.201')));
  expect(findings.map(({ code }) => code)).toEqual(['ROUTE_INCOMPLETE']);
  expect(findings[0]?.message).toContain('home/mqtt');
  expect(codesOf(routed(['192.168.50.200/29', '192.168.50.208/31'], mqtt('192.168.50.201')))).toEqual([]);
});

test('a route to one machine is meant for it; one around a pool is not meant for its neighbours', () => {
  expect(codesOf(routed(['192.168.50.11/32']))).toEqual([]);
  expect(codesOf(routed(['192.168.50.192/26']))).toEqual([]);
  expect(codesOf(routed(['192.168.50.0/25']))).toEqual([]);
  const reserved = [{ owner: 'printer', addresses: '192.168.50.220' }];
  const networks = { lan: { ...lan, kind: 'lan' as const, interface: 'eth0', prefix: '192.168.50.0/24', reserved } };
  const spec = routed(['192.168.50.192/26']);
  expect(findingsOf({ ...spec, networks: { ...spec.networks, ...networks } })).toMatchObject([
    { code: 'ROUTE_TOO_WIDE', fix: 'routes 192.168.50.200/29, 192.168.50.208/31' },
  ]);
});

test('a machine whose owner is called like a pool is none', () => {
  const reserved = [{ owner: 'pool robot', addresses: '192.168.50.220' }];
  const networks = { lan: { ...lan, kind: 'lan' as const, interface: 'eth0', prefix: '192.168.50.0/24', reserved } };
  const spec = routed(['192.168.50.192/26']);
  const found = findingsOf({ ...spec, networks: { ...spec.networks, ...networks } });
  expect(found.map(({ message }) => message)).toEqual([
    expect.stringMatching(/for pool main, and with it pool robot \(192\.168\.50\.220\)$/),
  ]);
});

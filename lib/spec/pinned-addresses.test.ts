import { smallSpec } from '../../test/support/spec';
import { over } from '../docs/example';
import { printPath } from './finding';
import { parseCluster } from './parse';

const pool = { kind: 'metallb', pools: { main: { addresses: '192.168.50.200-192.168.50.240', network: 'lan' } } };
const gateway = {
  kind: 'gateway',
  namespace: 'edge',
  image: 'registry.example.com/gateway:1.4.2',
  ports: { http: { service: 80 } },
};

function found(addresses: unknown) {
  const app = { namespace: 'web', ports: { http: 80 }, loadBalancer: { addresses } };
  const traefik = { kind: 'traefik', mode: 'load-balancer', services: { traefik: { addresses } } };
  return parseCluster(
    over(smallSpec(), { loadBalancers: [pool], ingress: [traefik, { ...gateway, addresses }], apps: { web: app } }),
  ).findings;
}

test.each(['10.0.0.0/8', 'fd00::/64', '::/0', ['192.168.50.200-192.168.50.232']])(
  'more addresses than a Service can have are refused before each is written out: %s',
  (addresses) => {
    const findings = found(addresses);
    expect(findings.map(({ at: [path = []] }) => printPath(path))).toEqual([
      'apps.web.loadBalancer.addresses',
      'ingress[0].services.traefik.addresses',
      'ingress[1].addresses',
    ]);
    for (const { message } of findings) expect(message).toContain('at most 32');
  },
);

test.each(['192.168.50.201', ['192.168.50.201', 'fd00::1'], '192.168.50.200-192.168.50.231'])('%s is taken', (few) => {
  expect(found(few)).toEqual([]);
});

import eddisonso from '../../../clusters/eddisonso';
import { documentOf, part } from '../../../test/support/document';
import { smallSpec } from '../../../test/support/spec';

test('a port in a range that has a use of its own is said to have it', () => {
  const text = part(documentOf(eddisonso), 'How a request gets in by gateway');
  expect(text).toContain('What `containers` leads to 8443 of the pods meets whoever answers there for `https`.');
  expect(text).not.toContain('meets whoever answers there for `ssh`');
});

test('so is its health’s; a port of another protocol meets none', () => {
  const own = {
    kind: 'gateway' as const,
    name: 'games',
    namespace: 'core',
    image: 'docker.io/example/gateway:1',
    addresses: '192.168.50.200',
    ports: { rooms: { service: '8000-8999' }, voice: { service: 8500, protocol: 'udp' as const } },
    health: { port: 8080 },
  };
  const pools = { pool: { addresses: '192.168.50.200', network: 'lan' } };
  const text = documentOf(smallSpec({ loadBalancers: [{ kind: 'metallb', pools }], ingress: [own] }));
  expect([...text.matchAll(/answers there for (`\w+`)/g)].map(([, name]) => name)).toEqual(['`health`']);
});

test('its one pod may be on any node, and ServiceLB gives it their addresses', () => {
  const ports = { https: { container: 8443, service: 8443, tls: true } };
  const image = 'registry.example.com/gateway:1.4.2';
  const spec = smallSpec({
    loadBalancers: [{ kind: 'servicelb' }],
    ingress: [{ kind: 'gateway', namespace: 'edge', image, ports }],
  });
  const text = part(documentOf(spec), 'How a request gets in by gateway');
  expect(text).toMatch(/runs as one pod on any node, .* at the nodes’ own addresses: /);
});

import { smallSpec } from '../../test/support/spec';
import { printPath } from './finding';
import { parseCluster } from './parse';

test('two machines of one name, and two ports of one number, are named with both places', () => {
  const addresses = (last: number) => ({ lan: `192.168.50.${last}` });
  const { findings } = parseCluster({
    ...smallSpec(),
    nodes: {
      a: { role: 'server', addresses: addresses(11) },
      b: { role: 'agent', addresses: addresses(12), hostname: 'a' },
    },
    apps: {
      web: {
        namespace: 'web',
        ports: { http: 80, dns: { container: 53, protocol: 'udp' }, old: { container: 8080, service: 80 }, tcp: 53 },
      },
    },
  });
  expect(findings.map(({ at, message }) => [at.map(printPath).join(' + '), message])).toEqual([
    ['apps.web.ports.old + apps.web.ports.http', 'http and old of app web are both 80/tcp of its Service'],
    ['nodes.b.hostname + nodes.a', 'the machines of nodes a and b both have the name a'],
  ]);
});

import { broken } from '../../test/specs/small';
import { printPath } from './finding';
import { parseCluster } from './parse';

type Change = readonly [path: readonly (string | number)[], value: unknown];

const places = (...changes: Change[]) =>
  parseCluster(broken(...changes)).findings.map(({ code, at }) => `${code} ${at.map(printPath).join(' + ')}`);
const traefik = { kind: 'traefik', mode: 'host-network' };
const tunnel = (name: string, namespace: string) => ({
  kind: 'cloudflare-tunnel',
  name,
  namespace,
  tunnelId: '00000000-0000-4000-8000-000000000000',
});

test.each(['outside', 'pods', 'services'])('a network cannot be named %s', (name) => {
  const network = { kind: 'lan', interface: 'eth9', prefix: '192.168.77.0/24' };
  expect(places([['networks', name], network])).toEqual([`SPEC_INVALID networks.${name}`]);
});

test('nor containers, where Docker has such ones', () => {
  const network: Change = [['networks', 'containers'], { kind: 'lan', interface: 'eth9', prefix: '192.168.77.0/24' }];
  expect(places(network)).toEqual([]);
  const swarm: Change = [
    ['swarm'],
    { managers: ['alpha'], network: 'lan', addressPool: '172.30.0.0/16', bridgePool: '172.29.0.0/16' },
  ];
  expect(places(network, swarm)).toEqual(['SPEC_INVALID networks.containers']);
});

test('a second Traefik is refused, not left out', () => {
  const changes: Change[] = [
    [['ingress'], [traefik, { ...traefik, name: 'second' }]],
    [['apps', 'web', 'ingress'], 'traefik'],
  ];
  expect(places(...changes)).toEqual(['SPEC_INVALID ingress[1] + ingress[0]']);
});

test('a load balancer of each kind', () => {
  expect(places([['loadBalancers'], [{ kind: 'servicelb' }, { kind: 'servicelb' }]])).toEqual([
    'SPEC_INVALID loadBalancers[1] + loadBalancers[0]',
  ]);
});

test('two tunnels of one name, and two of two names', () => {
  expect(places([['tunnels'], [tunnel('a', 'x'), tunnel('a', 'y')]])).toEqual(['SPEC_INVALID tunnels[1] + tunnels[0]']);
  expect(places([['tunnels'], [tunnel('a', 'x'), tunnel('b', 'y')]])).toEqual([]);
});

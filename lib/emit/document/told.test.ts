import nimbus from '../../../clusters/nimbus';
import nimbusSwarm from '../../../clusters/nimbus-swarm';
import { documentOf, part } from '../../../test/support/document';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const TITLE = 'Addresses that are told, and not dialled';
/** Settings in the map's last table, each with the kind of its address. */
const told = (spec: ClusterSpec) =>
  [...part(documentOf(spec), TITLE).matchAll(/^\| (`.*`) \| (\S+?)[,:] /gm)].map(([, setting, kind]) => [
    setting,
    kind,
  ]);

test('the map holds settings by which nobody dials: certificates, tunnels’ ends, what dnsmasq answers', () => {
  const tunnels = [
    ['`Address = 10.10.0.1/16`, `Address = 10.10.0.2/16`', 'OVERLAY'],
    ['`AllowedIPs = 10.10.0.1/32`, `AllowedIPs = 10.10.0.2/32`', 'OVERLAY'],
  ];
  expect(told(nimbus)).toEqual([['`tls-san: 10.10.0.1`', 'OVERLAY'], ['`tls-san: 10.108.0.3`', 'PUBLIC'], ...tunnels]);
  expect(told(nimbusSwarm)).toEqual([['`--address=/nimbus.example.com/10.108.0.3`', 'PUBLIC'], ...tunnels]);
});

test('what a kubeconfig names is among them, be it a name or a virtual address', () => {
  const api = (endpoint: NonNullable<ClusterSpec['api']>['endpoint']) =>
    part(documentOf(smallSpec({ api: { endpoint } })), TITLE);
  expect(api({ host: 'api.example.com' })).toContain('| `tls-san: api.example.com` | What kubeconfigs name: ');
  expect(api({ vip: '192.168.50.9', network: 'lan' })).toContain('| `tls-san: 192.168.50.9` | VIP, ');
});

test('of a hub all of the overlay is taken', () => {
  const overlay = { ...nimbus.networks.overlay, topology: { hub: 'a' } };
  expect(part(documentOf({ ...nimbus, networks: { ...nimbus.networks, overlay } }), TITLE)).toContain(
    'of `a`, the hub, all of `overlay`',
  );
});

test('a link to the names leads somewhere, and is left out where there are none', () => {
  expect(part(documentOf(nimbus), TITLE)).toContain('[DNS](#dns)');
  const { dns: _dns, tests: _tests, ...nameless } = nimbus;
  expect(part(documentOf({ ...nameless, accept: [] }), TITLE)).not.toContain('[DNS](#dns)');
});

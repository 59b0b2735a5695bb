import homelab from '../../../clusters/homelab';
import honeydue from '../../../clusters/honeydue';
import jigga from '../../../clusters/jigga';
import { documentOf, part } from '../../../test/support/document';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const told = (spec: ClusterSpec) => part(documentOf(spec), 'What the router must be told');

test('DHCP hands out what is stated and leaves nodes, pools and virtual addresses alone', () => {
  expect(told(homelab)).toMatch(/hand out `192\.168\.1\.100-192\.168\.1\.199` and nothing else/);
  expect(told(homelab)).toContain('`192.168.1.11-192.168.1.13` and `192.168.1.230-192.168.1.239`');
});

test('a range that nobody stated is asked for, with all that it must leave out', () => {
  expect(told(jigga)).toContain('states no range (`networks.lan.dhcp`)');
  expect(told(jigga)).toContain('must never hand out `192.168.7.223-192.168.7.225` and `192.168.7.230-192.168.7.235`');
  expect(told(jigga)).toContain('its own, `192.168.7.1`');
});

test('machines that ask for their address are given it for ever', () => {
  const lan = { ...smallSpec().networks['lan'], addressing: 'dhcp' } as ClusterSpec['networks'][string];
  expect(told(smallSpec({ networks: { lan } }))).toContain('`a` `192.168.50.11`, `b` `192.168.50.12`');
  expect(told(jigga)).toContain('Reservations: none');
});

test('routes are needed where pods leave under their own addresses', () => {
  expect(told(homelab)).toContain('Static routes: none');
  const bare = smallSpec({ cni: { kind: 'calico', natOutgoing: false }, firewall: { kind: 'none' } });
  expect(told(bare)).toContain('no answer finds its pod');
});

test('ports to pass on are those that anyone may call', () => {
  expect(told(homelab)).toContain('Ports to pass on: none');
  const open = smallSpec({ ingress: [{ kind: 'traefik', mode: 'host-network', allowFrom: ['anywhere'] }] });
  expect(told(open)).toContain('`443/tcp` to `192.168.50.11-192.168.50.13`');
});

test('without a LAN there is no such chapter', () => {
  expect(documentOf(honeydue)).not.toContain('What the router must be told');
});

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

describe('a router that is told of addresses by BGP', () => {
  const pools = { main: { addresses: '198.51.100.8/29', network: 'far' } };
  const far = { kind: 'lan' as const, interface: 'none0', prefix: '198.51.100.0/28' };
  const peers = { edge: { address: '192.168.50.1', asn: 64500, myAsn: 64501, bfd: true } };
  const spec = smallSpec({
    networks: { ...smallSpec().networks, far },
    loadBalancers: [{ kind: 'metallb', mode: 'bgp', pools, peers }],
  });

  test('is told who calls it, in which autonomous system, and for which addresses', () => {
    expect(told(spec)).toContain(
      'BGP: `192.168.50.1`, in autonomous system 64500, must take up the sessions that MetalLB opens from `192.168.50.11-192.168.50.13` in 64501, with BFD. By them it learns the ways to single addresses of `198.51.100.8/29`.',
    );
  });

  test('the network on which they meet says so, not the one of the addresses', () => {
    const [, ofFar = '', ofLan = ''] = told(spec).split('### ');
    expect(ofFar).not.toContain('BGP');
    expect(ofLan).not.toContain('proxy ARP');
    expect(ofLan).toContain('addresses that are not told by BGP');
    expect(told(homelab)).not.toContain('BGP');
  });

  test('without pools it is told of the sessions alone', () => {
    const text = told(smallSpec({ loadBalancers: [{ kind: 'metallb', mode: 'bgp', pools: {}, peers }] }));
    expect(text).toContain('with BFD.\n');
    expect(text).not.toContain('By them it learns');
  });

  test('of the API’s address alone it hears from servers', () => {
    const api = { endpoint: { vip: '192.168.50.10', network: 'lan' } };
    const bgp = { asn: 64501, peers: { edge: { address: '192.168.50.1', asn: 64500 } } };
    const text = told(smallSpec({ api, loadBalancers: [{ kind: 'kube-vip', mode: 'bgp', bgp, controlPlane: {} }] }));
    expect(text).toContain('kube-vip opens from `192.168.50.11-192.168.50.12`');
    expect(text).toContain('single addresses of `192.168.50.10`');
    expect(text).toContain('look for `192.168.50.10` on the link');
  });
});

test('ports to pass on are those that anyone may call', () => {
  expect(told(homelab)).toContain('Ports to pass on: none');
  const open = smallSpec({ ingress: [{ kind: 'traefik', mode: 'host-network', allowFrom: ['anywhere'] }] });
  expect(told(open)).toContain('`443/tcp` to `192.168.50.11-192.168.50.13`');
});

test('without a LAN there is no such chapter', () => {
  expect(documentOf(honeydue)).not.toContain('What the router must be told');
});

import eddisonso from '../../../clusters/eddisonso';
import honeydue from '../../../clusters/honeydue';
import jigga from '../../../clusters/jigga';
import { documentOf, part } from '../../../test/support/document';

const dnsOf = (spec: Parameters<typeof documentOf>[0]) => part(documentOf(spec), 'DNS');

test('where nodes answer, the records change with them, and the proxy’s way to them is told', () => {
  expect(dnsOf(honeydue)).toContain('change them as nodes come and go');
  expect(dnsOf(honeydue)).toContain('| `myhoneydue.com` | Cloudflare | yes | `flexible`: plain HTTP |');
});

test('where a tunnel and a load balancer answer, they do not, and the proxy calls nobody', () => {
  expect(dnsOf(jigga)).toContain('make them by hand at Cloudflare.');
  expect(dnsOf(jigga)).toContain('| `jigga.xyz` | Cloudflare | yes | inside a tunnel: nothing of ours is dialled |');
});

test('a name beside the tunnel’s that is proxied to the ingress is', () => {
  const both = { ...jigga, dns: { zones: jigga.dns.zones, records: [] } };
  expect(dnsOf(both)).toContain('| `jigga.xyz` | Cloudflare | yes | `strict`: TLS, certificate verified |');
});

test('private addresses are for the network’s own resolver where the zone is managed elsewhere', () => {
  expect(dnsOf(eddisonso)).toContain('let the network’s own resolver answer for them, and no public one');
  expect(dnsOf(eddisonso)).not.toContain('Anyone may ask');
  expect(dnsOf(jigga)).toContain('Anyone may ask for `*.int.jigga.xyz`');
});

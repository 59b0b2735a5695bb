import jigga from '../../../clusters/jigga';
import { walkTo } from '../../../test/support/plan';
import { document } from './document';

const { plan, parts } = walkTo(jigga);
const whole = document(plan, parts);

test('a tunnel’s request is told from the proxy inwards: nobody calls the cluster', () => {
  const start = whole.indexOf('### A request for `jigga.xyz`, hop by hop');
  const trace = whole.slice(start, whole.indexOf('### A request for `', start + 1));
  expect(trace).toContain('cfargotunnel.com`, is not shown to it');
  expect(trace).toContain('`7844/udp` (QUIC (TLS 1.3))');
  expect(trace).toContain('no port of the cluster is open for it');
  expect(trace).toContain('Cloudflare Tunnel dials the Service, whose port 80 answers');
  expect(trace).toContain('  proxy->>front: the request, inside one of them');
  expect(trace).not.toContain('participant node');
});

test('what an ingress serves is told beside it', () => {
  expect(whole).toContain('### A request for `prometheus.int.jigga.xyz`, hop by hop');
});

test('hosts name what brings them', () => {
  expect(whole).toContain('| `passwords.jigga.xyz` | `/` (Prefix) | Cloudflare Tunnel | `vaultwarden/vaultwarden` |');
  expect(whole).toContain('| `argocd.int.jigga.xyz` | `/` (Prefix) | Traefik | `argocd/argocd-server` | 80 | 8080 |');
});

test('a public answer that is private is said to be so', () => {
  expect(whole).toContain('Anyone may ask for `*.int.jigga.xyz`, and the answer is a private address');
});

test('encryption says where TLS of a tunnel’s clients ends', () => {
  expect(whole).toContain('`jigga.xyz` and `passwords.jigga.xyz`: TLS of the client ends at Cloudflare; from there');
});

import { documentOf, part } from '../../../test/support/document';
import { rentedSpec } from '../../../test/support/rented';
import { smallSpec } from '../../../test/support/spec';

const whole = documentOf(rentedSpec());

test('to a node’s own address a pod’s packet takes no tunnel', () => {
  const map = part(whole, 'IP interaction map');
  expect(map).toContain(
    '| `k3s.clusterDns` | kube-system/coredns | every server | inside the node or `wan`, under the node’s address | SERVICE |',
  );
  expect(map).toContain('| kube-system/traefik | shop/web | pod network |');
});

test('logs and exec come by the API’s port, not by the kubelet’s', () => {
  const ports = part(whole, 'On the nodes themselves');
  expect(ports).toMatch(/`6443\/tcp` \| [^|]*logs and exec/);
  expect(ports).toContain('| `10250/tcp` | kubelet metrics |');
});

test('the kubelet’s own probe is a caller', () => {
  const ports = part(whole, 'On the nodes themselves');
  expect(ports).toMatch(/`8080\/tcp` .*\| the node itself, whose kubelet probes it \|/);
  expect(ports).toMatch(/`9100\/tcp` .*\| nobody but the node itself \|/);
});

test('an open port that no proxy dials is not sold as protection', () => {
  const encryption = part(whole, 'Encryption');
  expect(part(whole, 'Behind the proxy')).toContain('`443/tcp` is open to Cloudflare and protects nothing');
  expect(encryption).not.toContain('| Cloudflare (22 prefixes) | kube-system/traefik | `443/tcp` |');
  const zones = { 'example.com': { proxied: true, originTls: 'strict' as const } };
  const strict = documentOf(rentedSpec({ dns: { zones } }));
  expect(part(strict, 'Encryption')).toContain('| Cloudflare (22 prefixes) | kube-system/traefik | `443/tcp` | TLS |');
  expect(part(strict, 'Behind the proxy')).not.toContain('protects nothing');
});

test('that a direct call times out is announced where only the proxy is let in', () => {
  expect(part(whole, 'Ingress')).toContain('`curl http://203.0.113.1` gets no answer and times out, by design');
  const open = rentedSpec({ ingress: [{ kind: 'traefik', mode: 'host-network' }] });
  expect(documentOf(open)).not.toContain('by design');
  expect(documentOf(rentedSpec({ firewall: { kind: 'none' } }))).not.toContain('by design');
});

test('records are made by hand where somebody answers for the zone', () => {
  expect(part(whole, 'Public records')).toContain('make them by hand at Cloudflare');
  const own = documentOf(rentedSpec({ dns: { zones: { 'example.com': { provider: 'none' } } } }));
  expect(part(own, 'Public records')).not.toContain('by hand at');
});

test('who starts a component: K3s’s process, K3s’s package, the bootstrap, Argo CD, the machine', () => {
  const table = part(whole, 'Start-up');
  expect(table).toContain('| pod-network | Flannel | the k3s process itself |');
  expect(table).toContain('| cluster-dns | CoreDNS | K3s, which packages it |');
  expect(table).toMatch(/\| gitops \| Argo CD \| K3s, from `bootstrap\/`; then Argo CD, wave \d \|/);
  expect(table).toMatch(/\| workloads \| Apps \| Argo CD, wave \d \|/);
  expect(table).toContain('| host-firewall | Firewall | the machine, from its files |');
  expect(table).not.toMatch(/CoreDNS<br\/>.*wave/);
});

test('that no Secret is needed holds for a public repository only', () => {
  expect(part(whole, 'Secrets that must exist')).toContain('provided that anyone may read `https://git.example.org');
  expect(part(documentOf(smallSpec()), 'Secrets that must exist')).toContain('for this network.');
});

test('calls of an app are possible, not steps of every request', () => {
  expect(whole).toMatch(
    / {2}opt sessions\n {4}app->>peer_shop_2f_cache: .*\n {4}peer_shop_2f_cache-->>app: answer\n {2}end/,
  );
});

test('the machines’ picture reaches the internet, and the proxy before it', () => {
  const picture = part(whole, 'Machines and networks');
  expect(picture).toContain('out_proxy -->|"80/tcp"| net_wan');
  expect(picture).toContain('out_internet ---|"way out"| net_wan');
  expect(part(documentOf(smallSpec()), 'Machines and networks')).not.toContain('Cloudflare');
});

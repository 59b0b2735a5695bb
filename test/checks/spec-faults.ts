import { over } from '../../lib/docs/example';

/** A fault that can be told from what is written, over a base of `test/checks/base/`; the rest is planned beside it. */
export interface SpecFault {
  readonly base: string;
  readonly fault: object;
  /** The same, mended. */
  readonly near: object;
  /** Beginnings of places of which something can only be said once it is mended. @default none */
  readonly hides?: readonly string[];
}

const KEYS = [
  'HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=',
  'xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=',
  'AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
] as const;

const key = (which: 0 | 1 | 2) => ({ publicKey: KEYS[which] });
const need = (callee: object) => ({ ...callee, reason: 'orders' });

/** Nodes one and two on an overlay that nothing else uses, each with what is said of its end. */
function overlay(one: object, two: object, more: object = {}) {
  return {
    networks: {
      mesh: { kind: 'wireguard', interface: 'wg7', prefix: '10.9.0.0/24', over: 'lan', port: 51877, ...more },
    },
    nodes: { one: { addresses: { mesh: '10.9.0.1' }, ...one }, two: { addresses: { mesh: '10.9.0.2' }, ...two } },
  };
}

const ends = (one: object, two: object) => overlay({ wireguard: { mesh: one } }, { wireguard: { mesh: two } });

const app = (name: string, options: object) => ({ apps: { [name]: options } });

const ANY_ZONE = { kind: 'dns01-cloudflare', apiToken: { name: 'token', key: 'token' } };
const DNS_01 = { ...ANY_ZONE, zones: ['example.net'] };

/** The zone of the base's own host, so that its certificate is asked for. */
const SERVED = { dns: { zones: { 'example.com': { provider: 'none' } } } };

function certificate(solvers: readonly object[], names: readonly string[] = ['a.example.net']) {
  return {
    certificates: {
      kind: 'cert-manager',
      issuers: { main: { server: 'letsencrypt', solvers } },
      certificates: { inner: { namespace: 'inner', issuer: 'main', names } },
    },
  };
}

function connector(...routes: readonly string[]) {
  return {
    networks: { tailnet: { kind: 'tailnet', interface: 'tailscale0' } },
    tunnels: [{ kind: 'tailscale', network: 'tailnet', connectors: { router: { routes } } }],
  };
}

function gateway(options: object) {
  const ports = { http: { container: 8080, service: 80 }, ...('ports' in options ? (options.ports as object) : {}) };
  const image = 'registry.example.com/gateway:1.4.2';
  const allowFrom = [{ network: 'lan' }];
  return { ingress: [{ kind: 'gateway', namespace: 'edge', image, allowFrom, ...options, ports }] };
}

const traefik = (options: object) => ({ ingress: [{ kind: 'traefik', mode: 'host-network', ...options }] });

export const SPEC_FAULTS: readonly SpecFault[] = [
  {
    base: 'home',
    fault: app('api', { namespace: 'api', needs: [need({ app: 'web' }), need({ app: 'cash' })] }),
    near: app('api', { namespace: 'api', needs: [need({ app: 'web' })] }),
  },
  {
    base: 'home',
    fault: app('api', { namespace: 'api', needs: [need({ app: 'web', port: 'htp' })] }),
    near: app('api', { namespace: 'api', needs: [need({ app: 'web', port: 'http' })] }),
    hides: ['apps.api.needs'],
  },
  {
    base: 'home',
    fault: {
      outside: { bank: { addresses: '203.0.113.700' } },
      ...app('till', { namespace: 'till', needs: [need({ outside: 'bank', port: 443, encryptedBy: 'TLS' })] }),
    },
    near: {
      outside: { bank: { addresses: '203.0.113.70' } },
      ...app('till', { namespace: 'till', needs: [need({ outside: 'bank', port: 443, encryptedBy: 'TLS' })] }),
    },
    hides: ['apps.till', 'outside.bank'],
  },
  {
    base: 'home',
    fault: app('wiki', { namespace: 'wiki', ports: { http: 80 }, hosts: ['https://a.example.com', 'b.example.com'] }),
    near: app('wiki', { namespace: 'wiki', ports: { http: 80 }, hosts: ['a.example.com', 'b.example.com'] }),
    hides: ['apps.wiki.hosts[0]'],
  },
  {
    base: 'home',
    fault: app('wiki', {
      namespace: 'wiki',
      ports: { http: 80 },
      hosts: [{ host: 'a.example.com', entrypoints: ['secure'] }, 'b.example.com'],
    }),
    near: app('wiki', {
      namespace: 'wiki',
      ports: { http: 80 },
      hosts: [{ host: 'a.example.com', entrypoints: ['websecure'] }, 'b.example.com'],
    }),
    hides: ['apps.wiki.hosts[0]'],
  },
  {
    base: 'home',
    fault: app('web', { ports: { http: 70000 } }),
    near: app('web', { ports: { http: 7000 } }),
    hides: ['apps.web.hosts', 'apps.web.ports'],
  },
  {
    base: 'home',
    fault: app('post', { namespace: 'post', ports: { a: 25, b: { container: 26, service: 25 } } }),
    near: app('post', { namespace: 'post', ports: { a: 25, b: { container: 26, service: 26 } } }),
  },
  {
    base: 'home',
    fault: app('web', { namespace: 'Shop' }),
    near: app('web', { namespace: 'shop' }),
    hides: ['apps'],
  },
  {
    base: 'home',
    fault: app('late', { namespace: 'late', colour: 'red' }),
    near: app('late', { namespace: 'late' }),
    hides: ['apps.late'],
  },
  {
    base: 'home',
    fault: app('blog', { namespace: 'blog', ports: { http: 80 }, hosts: ['shop.example.com'] }),
    near: {
      apps: {
        blog: { namespace: 'blog', ports: { http: 80 }, hosts: ['shop.example.com'] },
        web: { hosts: ['web.example.com'] },
      },
    },
    hides: ['apps.web.hosts'],
  },
  {
    base: 'home',
    fault: traefik({ redirects: { web: 'secure' } }),
    near: traefik({ redirects: { web: 'websecure' } }),
  },
  {
    base: 'home',
    fault: traefik({ transports: { wbe: { insecureSkipVerify: true } } }),
    near: traefik({}),
  },
  { base: 'home', fault: app('web', { allowFrom: ['anywhere'] }), near: {} },
  {
    base: 'home',
    fault: app('game', { namespace: 'game', ports: { play: { container: 27015, protocol: 'udp' } }, loadBalancer: {} }),
    near: app('game', { namespace: 'game', ports: { play: { container: 27015, protocol: 'udp' } } }),
  },
  { base: 'home', fault: { accept: [{ code: 'SPEC_INVALID', at: 'apps', reason: 'later' }] }, near: {} },
  { base: 'home', fault: { api: { port: 7443 } }, near: {} },
  { base: 'home', fault: { k3s: { initServer: 'two' } }, near: {} },
  { base: 'home', fault: { nodes: { two: { hostname: 'one' } } }, near: {} },
  { base: 'home', fault: { tests: ['web => api yes'] }, near: {} },
  { base: 'home', fault: { nodes: { two: { wireguard: { mash: key(2) } } } }, near: {} },
  { base: 'home', fault: ends(key(0), key(0)), near: ends(key(0), key(2)) },
  { base: 'home', fault: overlay({ wireguard: { mesh: key(0) } }, {}), near: ends(key(0), key(2)) },
  { base: 'home', fault: ends(key(0), { publicKey: 'abc' }), near: ends(key(0), key(2)) },
  {
    base: 'home',
    fault: ends({ ...key(0), behindNat: true }, { ...key(2), behindNat: true }),
    near: ends({ ...key(0), behindNat: true }, key(2)),
  },
  {
    base: 'home',
    fault: overlay({ wireguard: { mesh: key(0) } }, { wireguard: { mesh: key(2) } }, { interface: 'eth0' }),
    near: ends(key(0), key(2)),
  },
  {
    base: 'home',
    fault: certificate([DNS_01], ['a.example.net', 'a.example.org']),
    near: certificate([DNS_01], ['a.example.net', 'b.example.net']),
  },
  { base: 'home', fault: certificate([]), near: certificate([DNS_01]) },
  {
    base: 'home',
    fault: certificate([DNS_01, { kind: 'dns02' }]),
    near: certificate([DNS_01]),
    hides: ['certificates.issuers'],
  },
  { base: 'home', fault: connector('10.42.0.0'), near: connector('10.42.0.0/16'), hides: ['tunnels'] },
  {
    base: 'home',
    fault: connector('10.42.0.0/17', '10.42.128.0'),
    near: connector('10.42.0.0/17', '10.42.128.0/17'),
    hides: ['tunnels'],
  },
  {
    base: 'gateway',
    fault: gateway({
      routes: [
        { host: 'a.example.com', app: 'wbe' },
        { host: 'b.example.com', app: 'web' },
      ],
    }),
    near: gateway({
      routes: [
        { host: 'a.example.com', app: 'web' },
        { host: 'b.example.com', app: 'web' },
      ],
    }),
    hides: ['ingress[0].routes[0]'],
  },
  {
    base: 'gateway',
    fault: gateway({
      ports: { rooms: { service: '9000-8000' }, voice: { service: '65000-66000' } },
      forwards: [{ port: 'rooms', namespace: 'rooms', to: '8000-9000', reason: 'rooms of players' }],
    }),
    near: gateway({
      ports: { rooms: { service: '8000-9000' }, voice: { service: '65000-65535' } },
      forwards: [{ port: 'rooms', namespace: 'rooms', to: '8000-9000', reason: 'rooms of players' }],
    }),
    hides: ['ingress[0].forwards', 'ingress[0].ports'],
  },
  {
    base: 'gateway',
    fault: app('chat', {
      namespace: 'chat',
      ports: { irc: 6667 },
      loadBalancer: { pool: 'mian', allowFrom: [{ network: 'lan' }] },
    }),
    near: app('chat', {
      namespace: 'chat',
      ports: { irc: 6667 },
      loadBalancer: { pool: 'main', allowFrom: [{ network: 'lan' }] },
    }),
    hides: ['apps.chat.loadBalancer'],
  },
  { base: 'swarm', fault: { swarm: { managers: ['one', 'two'] } }, near: { swarm: { managers: ['one'] } } },
  {
    base: 'gateway',
    fault: { ...certificate([DNS_01]), ...gateway({ certificate: 'inner' }) },
    near: over(certificate([DNS_01]), {
      certificates: { certificates: { inner: { namespace: 'edge' } } },
      ...gateway({ certificate: 'inner' }),
    }) as object,
  },
  {
    base: 'home',
    fault: { ...SERVED, ...certificate([ANY_ZONE], ['*.example.com']), ...traefik({ defaultCertificate: 'iner' }) },
    near: { ...SERVED, ...certificate([ANY_ZONE], ['*.example.com']), ...traefik({ defaultCertificate: 'inner' }) },
    hides: ['ingress[0].defaultCertificate', 'certificates.certificates.inner'],
  },
  {
    base: 'home',
    fault: {
      ...SERVED,
      ...certificate([ANY_ZONE], ['a.example.com', 'Shop.example.com']),
      ...traefik({ defaultCertificate: 'inner' }),
    },
    near: {
      ...SERVED,
      ...certificate([ANY_ZONE], ['a.example.com', 'shop.example.com']),
      ...traefik({ defaultCertificate: 'inner' }),
    },
    hides: ['certificates.certificates.inner'],
  },
  {
    base: 'swarm',
    fault: { swarm: { managers: ['one', 'too', 'three'] } },
    near: { swarm: { managers: ['one', 'two', 'three'] } },
  },
  {
    base: 'swarm',
    fault: { swarm: { managers: ['one', 'two', 'three', 'two'] } },
    near: { swarm: { managers: ['one', 'two', 'three'] } },
  },
  { base: 'swarm', fault: { nodes: { three: { wireguard: null } } }, near: {} },
  { base: 'swarm', fault: { nodes: { two: { wireguard: { mesh: key(0) } } } }, near: {} },
];

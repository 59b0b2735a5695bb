import homelab from '../../clusters/homelab';
import jigga from '../../clusters/jigga';
import { broken } from '../../test/specs/small';
import { printPath, type Finding } from './finding';
import { parseCluster } from './parse';

type Change = readonly [path: readonly (string | number)[], value: unknown];
type Expected = readonly [code: string, at: string, says: RegExp, fix?: string];

function expectOne(findings: readonly Finding[], [code, at, says, fix]: Expected): void {
  expect(findings.map((one) => `${one.code} ${one.at.map(printPath).join(' + ')}`)).toEqual([`${code} ${at}`]);
  expect(findings[0]?.message).toMatch(says);
  expect(findings[0]?.fix).toBe(fix);
}

const names: [string, Change, Expected][] = [
  [
    'an unknown app in a flow',
    [['apps', 'web', 'needs', 0, 'app'], 'cahce'],
    ['SPEC_UNKNOWN_NAME', 'apps.web.needs[0].app', /no app "cahce"; apps has cache, web/, 'cache'],
  ],
  [
    'an unknown port of a known app',
    [['apps', 'web', 'needs', 0, 'port'], 'rediss'],
    ['SPEC_UNKNOWN_NAME', 'apps.web.needs[0].port', /app cache has no port "rediss"; it has redis/, 'redis'],
  ],
  [
    'an unknown outside party',
    [['apps', 'web', 'needs', 1, 'outside'], 'post'],
    ['SPEC_UNKNOWN_NAME', 'apps.web.needs[1].outside', /no outside party "post"; outside has mail/, 'mail'],
  ],
  [
    'a host on an unknown port',
    [['apps', 'web', 'hosts', 0], { host: 'a.example.com', port: 'htpp' }],
    ['SPEC_UNKNOWN_NAME', 'apps.web.hosts[0].port', /app web has no port "htpp"; it has http/, 'http'],
  ],
  [
    'a host on an unknown entrypoint',
    [['apps', 'web', 'hosts', 0], { host: 'a.example.com', entrypoints: ['web', 'web239'] }],
    [
      'SPEC_UNKNOWN_NAME',
      'apps.web.hosts[0].entrypoints[1]',
      /ingress traefik has no entrypoint "web239"; it has web, websecure/,
    ],
  ],
  [
    'an entrypoint that is sent on to itself',
    [['ingress', 0, 'redirects'], { web: 'web' }],
    ['SPEC_INVALID', 'ingress[0].redirects.web', /sent on to itself/, 'another entrypoint, such as websecure'],
  ],
  [
    'callers of an app that is not on the host network',
    [['apps', 'cache', 'allowFrom'], ['anywhere']],
    [
      'SPEC_INVALID',
      'apps.cache.allowFrom',
      /app cache is not on the host network/,
      'hosts or a loadBalancer for it, or hostNetwork: true',
    ],
  ],
  [
    'an unknown ingress',
    [['apps', 'web', 'ingress'], 'nginx'],
    ['SPEC_UNKNOWN_NAME', 'apps.web.ingress', /no ingress "nginx"; ingress has traefik/, 'traefik'],
  ],
  [
    'hosts without any ingress',
    [['ingress'], []],
    [
      'SPEC_UNKNOWN_NAME',
      'apps.web.hosts[0]',
      /the cluster has no ingress to serve it/,
      'name one in ingress, such as { kind: "traefik" }',
    ],
  ],
  [
    'hosts and two ingresses',
    [['ingress', 1], { kind: 'easyhaproxy' }],
    ['SPEC_UNKNOWN_NAME', 'apps.web.ingress', /has the ingresses easyhaproxy, traefik/, 'easyhaproxy'],
  ],
  [
    'an unknown tunnel',
    [['apps', 'web', 'hosts', 0], { host: 'a.example.com', tunnel: 'public' }],
    ['SPEC_UNKNOWN_NAME', 'apps.web.hosts[0].tunnel', /no tunnel "public"; tunnels has none/],
  ],
  [
    'a load balancer that the cluster lacks',
    [['apps', 'web', 'loadBalancer'], {}],
    [
      'SPEC_UNKNOWN_NAME',
      'apps.web.loadBalancer',
      /wants a load balancer, and the cluster has none/,
      'name one in loadBalancers: servicelb, metallb, kube-vip or cilium',
    ],
  ],
  [
    'a source on an unknown network',
    [['ingress', 0, 'allowFrom'], [{ network: 'lab' }]],
    ['SPEC_UNKNOWN_NAME', 'ingress[0].allowFrom[0].network', /no network "lab"; networks has lan, overlay/, 'lan'],
  ],
  [
    'a source that is an unknown party',
    [['firewall'], { kind: 'ufw', ssh: { from: [{ outside: 'office' }] } }],
    ['SPEC_UNKNOWN_NAME', 'firewall.ssh.from[0].outside', /no outside party "office"/, 'mail'],
  ],
  [
    'a selector of an unknown node',
    [['ingress', 0, 'nodes'], { names: ['alpha', 'gamma'] }],
    ['SPEC_UNKNOWN_NAME', 'ingress[0].nodes.names[1]', /no node "gamma"; nodes has alpha, beta/],
  ],
  [
    'an unknown network of the nodes',
    [['k3s', 'nodeNetwork'], 'vpn'],
    ['SPEC_UNKNOWN_NAME', 'k3s.nodeNetwork', /no network "vpn"/],
  ],
  [
    'an address on an unknown network',
    [['nodes', 'beta', 'addresses', 'wan'], '203.0.113.9'],
    ['SPEC_UNKNOWN_NAME', 'nodes.beta.addresses.wan', /no network "wan"/, 'lan'],
  ],
  [
    'a WireGuard key for a LAN',
    [['nodes', 'beta', 'wireguard', 'lan'], { publicKey: 'HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=' }],
    [
      'SPEC_UNKNOWN_NAME',
      'nodes.beta.wireguard.lan',
      /"lan" is a network, but no WireGuard network; networks has of that kind overlay/,
      'overlay',
    ],
  ],
  [
    'tunnels over an unknown network',
    [['networks', 'overlay', 'over'], 'wan'],
    ['SPEC_UNKNOWN_NAME', 'networks.overlay.over', /no network "wan"/, 'lan'],
  ],
  [
    'a hub that is no node',
    [['networks', 'overlay', 'topology'], { hub: 'alfa' }],
    ['SPEC_UNKNOWN_NAME', 'networks.overlay.topology.hub', /no node "alfa"/],
  ],
  [
    'a name like a method of objects',
    [['apps', 'web', 'needs', 0, 'app'], 'constructor'],
    ['SPEC_UNKNOWN_NAME', 'apps.web.needs[0].app', /no app "constructor"/],
  ],
];

const lacks: [string, Change, Expected][] = [
  [
    'a node without an address on the network that K3s uses',
    [['nodes', 'beta', 'addresses'], {}],
    [
      'NODE_WITHOUT_ADDRESS',
      'nodes.beta.addresses.lan + k3s.nodeNetwork',
      /node beta has no address on the network lan, which K3s uses/,
      'write it at nodes.beta.addresses.lan',
    ],
  ],
  [
    'a node whose network is misspelt',
    [['nodes', 'beta', 'addresses'], { lann: '192.168.10.12' }],
    ['SPEC_UNKNOWN_NAME', 'nodes.beta.addresses.lann', /no network "lann"/, 'lan'],
  ],
  [
    'an API endpoint where the first server is not',
    [['api'], { endpoint: { network: 'overlay' } }],
    [
      'NODE_WITHOUT_ADDRESS',
      'nodes.alpha.addresses.overlay + api.endpoint.network',
      /by which operators reach the API/,
      'write it at nodes.alpha.addresses.overlay',
    ],
  ],
  [
    'a WireGuard address without a key',
    [['nodes', 'beta', 'addresses', 'overlay'], '10.9.0.2'],
    [
      'SPEC_INVALID',
      'nodes.beta.wireguard.overlay',
      /but no key/,
      'make one on the machine, as root: (umask 077; wg genkey | tee /etc/wireguard/wg0.key | wg pubkey), and write the public key that it prints at nodes.beta.wireguard.overlay.publicKey',
    ],
  ],
  [
    'agents alone',
    [['nodes', 'alpha', 'role'], 'agent'],
    ['SPEC_INVALID', 'nodes.alpha.role', /every node is an agent/, 'server'],
  ],
  ['no node at all', [['nodes'], {}], ['SPEC_INVALID', 'nodes', /at least one node/]],
  [
    'a first server that is an agent',
    [['k3s', 'initServer'], 'beta'],
    ['SPEC_INVALID', 'k3s.initServer', /beta is an agent/, 'alpha'],
  ],
  [
    'a host and two ports',
    [['apps', 'web', 'ports', 'metrics'], 9090],
    [
      'SPEC_INVALID',
      'apps.web.hosts[0].port',
      /has the ports http, metrics, and nothing says which of them serves shop.example.com/,
      '{"host":"shop.example.com","port":"http"}',
    ],
  ],
  [
    'a host and no port',
    [['apps', 'web', 'ports'], {}],
    ['SPEC_INVALID', 'apps.web.hosts[0]', /has a host name, but no port to serve it/, 'give it one at apps.web.ports'],
  ],
];

test.each([...names, ...lacks])('%s', (_, change, expected) => {
  expectOne(parseCluster(broken(change)).findings, expected);
});

test('an app that calls one without ports', () => {
  const { findings } = parseCluster(
    broken(
      [['apps', 'worker'], { namespace: 'shop' }],
      [['apps', 'web', 'needs', 0], { app: 'worker', reason: 'jobs' }],
    ),
  );
  expectOne(findings, [
    'SPEC_INVALID',
    'apps.web.needs[0].app',
    /app worker has no port that could be called/,
    'give it one at apps.worker.ports',
  ]);
});

test('two apps with one host name: both are named', () => {
  const { findings } = parseCluster(broken([['apps', 'cache', 'hosts'], ['shop.example.com']]));
  expectOne(findings, [
    'HOST_TWICE',
    'apps.web.hosts[0] + apps.cache.hosts[0]',
    /the apps cache and web both claim shop.example.com/,
    'give one of them another host name or path',
  ]);
});

test('one host name may be shared by path, by kind of path, by entrypoint and by tunnel', () => {
  const host = 'shop.example.com';
  const { findings } = parseCluster(
    broken(
      [['tunnels'], [{ kind: 'cloudflare-tunnel', tunnelId: '00000000-0000-4000-8000-000000000000' }]],
      [['dns'], { zones: { 'example.com': {} } }],
      [['apps', 'web', 'hosts'], [{ host, entrypoints: ['web'] }]],
      [
        ['apps', 'cache', 'hosts'],
        [
          { host, path: '/stats' },
          { host, pathType: 'Exact' },
          { host, entrypoints: ['websecure'] },
          { host, tunnel: 'cloudflare-tunnel' },
        ],
      ],
    ),
  );
  expect(findings).toEqual([]);
});

test('a name counts as known although what it names is broken', () => {
  const { findings } = parseCluster(
    broken([['networks', 'lan'], { kind: 'lan' }], [['apps', 'cache'], { ports: { redis: 'x' } }]),
  );
  expect(new Set(findings.map((one) => one.code))).toEqual(new Set(['SPEC_INVALID']));
});

test.each<[string, (string | number)[], unknown, RegExp]>([
  [
    'a Service of Traefik leads to an unknown entrypoint',
    ['ingress', 0, 'services', 'traefik', 'entrypoints'],
    ['wbe'],
    /ingress traefik has no entrypoint "wbe"/,
  ],
  [
    'a pinned address of an unknown pool',
    ['ingress', 0, 'services', 'traefik', 'pool'],
    'globl',
    /no pool "globl"; loadBalancers\[\].pools has global/,
  ],
  ['a redirect to an unknown entrypoint', ['ingress', 0, 'redirects'], { web: 'secure' }, /no entrypoint "secure"/],
])('%s', (_, path, value, says) => {
  const spec = structuredClone(homelab) as unknown as Record<string | number, unknown>;
  const parent = path.slice(0, -1).reduce((at, step) => at[step] as Record<string | number, unknown>, spec);
  parent[path.at(-1) ?? ''] = value;
  expect(parseCluster(spec).findings.map((one) => one.message)).toEqual([expect.stringMatching(says)]);
});

test('certificates and tailnets are referred to by name', () => {
  const spec = structuredClone(jigga);
  spec.certificates.certificates.internal.issuer = 'letsencrypt';
  Object.assign(spec.tunnels[1] ?? {}, { network: 'sdn' });
  expect(parseCluster(spec).findings.map((one) => one.message)).toEqual([
    expect.stringMatching(/no issuer "letsencrypt"; certificates.issuers has letsencrypt-dns-prod/),
    expect.stringMatching(/"sdn" is a network, but no tailnet/),
  ]);
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { over } from '../lib/docs/example';
import { main } from '../main';
import { baseOf } from './checks/fixture';
import { readTree, testHost } from './support/host';
import { pairSpec } from './support/spec';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'wayleave-every-'));
  mkdirSync(join(cwd, 'clusters'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

function write(name: string, spec: unknown): void {
  writeFileSync(join(cwd, `clusters/${name}.yaml`), stringify(spec, { aliasDuplicateObjects: false }));
}

async function run(...args: string[]) {
  const { host, printed } = testHost(cwd);
  return { code: await main(args, host), ...printed };
}

interface Report {
  readonly findings: readonly {
    readonly code: string;
    readonly severity: string;
    readonly message: string;
    readonly fix?: string;
    readonly places: readonly { readonly file: string; readonly line: number; readonly path: string }[];
  }[];
}

async function errors() {
  const { out } = await run('check', '--format', 'json');
  return (JSON.parse(out) as Report).findings.filter(({ severity }) => severity === 'error');
}

const codesAt = (found: Report['findings']) => found.map(({ code, places: [first] }) => `${code} ${first?.path ?? ''}`);

function expectPlaceAndRemedy(found: Report['findings'], cluster: string): void {
  for (const { places, fix } of found) {
    expect(places[0]).toMatchObject({ file: `clusters/${cluster}.yaml`, line: expect.any(Number) as number });
    expect(fix).toMatch(/\w/);
  }
}

const keys = ['HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=', 'xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg='];
const end = (key = 0) => ({ wireguard: { mesh: { publicKey: keys[key] } } });

/** K3s and a Swarm on an overlay, and a gateway of somebody's own, with a fault of each kind. */
function everything(): unknown {
  const mesh = { kind: 'wireguard', interface: 'wg0', prefix: '10.9.0.0/24', over: 'lan', port: 51877 };
  const ports = {
    http: { container: 8080, service: 80 },
    plain: { container: 8081, service: 80 },
    rooms: { service: '9000-8000' },
    voice: { service: '65000-66000' },
  };
  return over(baseOf('gateway').raw, {
    networks: { mesh },
    nodes: {
      one: { addresses: { mesh: '10.9.0.1' }, ...end() },
      two: { addresses: { mesh: '10.9.0.2' }, ...end() },
      three: { addresses: { mesh: '10.9.0.3' } },
      four: { role: 'agent', addresses: { lan: '192.168.50.14', mesh: '10.8.0.4' }, ...end(1) },
    },
    swarm: { managers: ['one', 'two'], network: 'mesh', addressPool: '10.60.0.0/16', bridgePool: '10.61.0.0/16' },
    api: { endpoint: { host: 'api.example.net' } },
    dns: { zones: { 'example.net': { proxied: true }, 'example.com': { provider: 'none' } } },
    ingress: [
      {
        kind: 'gateway',
        namespace: 'edge',
        image: 'registry.example.com/gateway:1.4.2',
        ports,
        routes: [{ host: 'rooms.example.com', app: 'lobby' }],
        forwards: [{ port: 'rooms', namespace: 'rooms', to: '8000-9000', reason: 'rooms of players' }],
      },
    ],
  });
}

test('a fault of each kind in one spec: all are said in one run, each with its place and the remedy', async () => {
  write('edge', everything());
  const found = await errors();
  expect(codesAt(found)).toEqual([
    'API_NAME_MISSING api.endpoint.host',
    'SPEC_INVALID ingress[0].ports.plain.service',
    'SPEC_INVALID ingress[0].ports.rooms.service',
    'SPEC_INVALID ingress[0].ports.voice.service',
    'SPEC_UNKNOWN_NAME ingress[0].routes[0].app',
    'ADDRESS_OUTSIDE_NETWORK nodes.four.addresses.mesh',
    'SPEC_INVALID nodes.three.wireguard.mesh',
    'SPEC_INVALID nodes.two.wireguard.mesh.publicKey',
    'SPEC_INVALID swarm.managers',
  ]);
  expectPlaceAndRemedy(found, 'edge');
  expect(found.find(({ places: [first] }) => first?.path === 'nodes.three.wireguard.mesh')?.fix).toContain('wg genkey');
});

/** Virtual addresses, tunnels and certificates on a home network, with a fault of each kind. */
function announced(): unknown {
  return over(baseOf('home').raw, {
    networks: { tailnet: { kind: 'tailnet', interface: 'tailscale0' } },
    api: { endpoint: { vip: '192.168.50.10', network: 'lan' } },
    loadBalancers: [
      { kind: 'kube-vip', interface: 'eno9', controlPlane: {} },
      { kind: 'metallb', pools: { main: { addresses: '192.168.51.230-192.168.51.239', network: 'lan' } } },
    ],
    ingress: [
      {
        kind: 'traefik',
        install: 'own',
        entrypoints: { websecure: { port: 443, tls: true }, other: { port: 443, containerPort: 8444, tls: true } },
        services: { traefik: { addresses: '192.168.51.230', pool: 'main' } },
      },
    ],
    certificates: {
      kind: 'cert-manager',
      issuers: { le: { server: 'letsencrypt' }, staging: { server: 'letsencrypt-staging', solvers: [] } },
    },
    tunnels: [
      { kind: 'cloudflare-tunnel', tunnelId: '00000000-0000-4000-8000-000000000000' },
      {
        kind: 'tailscale',
        network: 'tailnet',
        connectors: { router: { routes: ['192.168.50.234', '192.168.50.230-192.168.50.231', '10.43.0.0/16'] } },
      },
    ],
    dns: { zones: { 'example.com': {} } },
    apps: { web: { hosts: [{ host: 'shop.example.net', tunnel: 'cloudflare-tunnel' }] } },
  });
}

test('what announces, tunnels and certifies: a fault of each kind, all said in one run with the remedy', async () => {
  write('home', announced());
  const found = await errors();
  expect(codesAt(found)).toEqual([
    'SPEC_UNKNOWN_NAME apps.web.hosts[0].host',
    'SPEC_INVALID certificates.issuers.le.solvers',
    'SPEC_INVALID certificates.issuers.staging.solvers',
    'PORT_TWICE ingress[0].services.traefik',
    'SPEC_UNKNOWN_NAME loadBalancers[0].interface',
    'ADDRESS_OUTSIDE_NETWORK loadBalancers[1].pools.main.addresses',
    'SPEC_INVALID tunnels[1].connectors.router.routes[0]',
    'SPEC_INVALID tunnels[1].connectors.router.routes[1]',
  ]);
  expectPlaceAndRemedy(found, 'home');
  expect(found.at(-1)?.fix).toBe('192.168.50.230/31');
});

test('what is written, what is resolved and what is checked is said together, and dist/ stays as it was', async () => {
  write('small', pairSpec());
  expect(await run('synth')).toMatchObject({ code: 0 });
  const before = readTree(join(cwd, 'dist'));
  write(
    'small',
    over(pairSpec(), {
      k3s: { extraFlags: { server: { 'flannel-backend': 'host-gw' } } },
      apps: { late: { namespace: 'late', needs: [{ app: 'nobody', reason: 'it calls' }] } },
      networks: { lan: { gateway: '192.168.77.1' } },
    }),
  );
  const { code, err } = await run('synth');
  expect({ code, dist: readTree(join(cwd, 'dist')) }).toEqual({ code: 1, dist: before });
  expect(
    [...err.matchAll(/^error (\w+) {2}clusters\/small\.yaml:\d+:\d+ \((.*)\)$/gm)].map(([, a, b]) => [a, b]),
  ).toEqual([
    ['SPEC_UNKNOWN_NAME', 'apps.late.needs[0].app'],
    ['K3S_FLAG_CONFLICT', 'k3s.extraFlags'],
    ['ADDRESS_OUTSIDE_NETWORK', 'networks.lan.gateway'],
  ]);
  expect(err).toContain('nothing was written to dist/');
});

test('places of findings are those of the file, although entries before them were left out', async () => {
  write(
    'small',
    over(pairSpec(), {
      ingress: [{ kind: 'traefik', mode: 'host-network' }],
      dns: { zones: { 'example.org': { provider: 'none' } } },
      apps: { web: { namespace: 'web', ports: { http: 80 }, hosts: ['Not a host', 'a.example.org', 'a.example.com'] } },
    }),
  );
  const { out } = await run('check', '--format', 'json');
  const { findings } = JSON.parse(out) as Report;
  const text = readFileSync(join(cwd, 'clusters/small.yaml'), 'utf8').split('\n');
  const place = findings.find(({ code }) => code === 'HOST_OUTSIDE_ZONES')?.places[0];
  expect(place?.path).toBe('apps.web.hosts[2]');
  expect(text[(place?.line ?? 0) - 1]).toContain('a.example.com');
});

test('an error of one cluster hides neither those of another nor what both must not have', async () => {
  const at = (name: string, agent: string) =>
    over(pairSpec({ name }), {
      networks: { lan: { site: 'home' } },
      nodes: { b: null, [agent]: { role: 'agent', addresses: { lan: '192.168.50.12' } } },
      apps: { late: { namespace: 'late', needs: [{ app: 'nobody', reason: 'it calls' }] } },
    });
  write('a', at('a', 'attic'));
  write('b', at('b', 'barn'));
  const found = await errors();
  expect(found.map(({ code, places: [first] }) => `${first?.file ?? ''} ${code} ${first?.path ?? ''}`)).toEqual([
    'clusters/a.yaml SPEC_UNKNOWN_NAME apps.late.needs[0].app',
    'clusters/b.yaml SPEC_UNKNOWN_NAME apps.late.needs[0].app',
    'clusters/b.yaml ADDRESS_OVERLAP nodes.barn.addresses.lan',
  ]);
});

test('what is accepted stays so beside an error, and entries of which nothing could be known are not called unused', async () => {
  const accept = [{ code: 'ADDRESS_OUTSIDE_NETWORK', at: 'networks.lan.gateway', reason: 'a router of another kind' }];
  write(
    'small',
    over(pairSpec(), {
      networks: { lan: { gateway: '192.168.77.1' } },
      apps: { late: { namespace: 'late', needs: [{ app: 'nobody', reason: 'it calls' }] } },
      accept: [
        ...accept,
        { code: 'HOST_TWICE', at: 'apps.late.hosts[0]', reason: 'it moves' },
        { code: 'ADDRESS_OVERLAP', at: 'nodes.b.addresses.lan', reason: 'it is to go' },
      ],
    }),
  );
  const { out } = await run('check', '--format', 'json');
  expect((JSON.parse(out) as Report).findings.map(({ code }) => code)).toEqual(['SPEC_UNKNOWN_NAME']);
});

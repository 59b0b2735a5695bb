import * as fc from 'fast-check';
import eddisonso from '../../clusters/eddisonso';
import homelab from '../../clusters/homelab';
import jigga from '../../clusters/jigga';
import { broken, small } from '../../test/specs/small';
import { printPath, type Finding } from './finding';
import { parseCluster } from './parse';
import { renderFindings } from './report';

/** Code, place, what the message must say, and the fix. */
type Expected = readonly [code: string, at: string, says: RegExp, fix?: string | RegExp];
type Change = readonly [path: readonly (string | number)[], value: unknown];

function expectFindings(findings: readonly Finding[], expected: readonly Expected[]): void {
  const brief = (one: Finding) => `${one.code} ${one.at.map(printPath).join(' + ')}`;
  expect(findings.map(brief).sort()).toEqual(expected.map(([code, at]) => `${code} ${at}`).sort());
  for (const [code, at, says, fix] of expected) {
    const found = findings.find((one) => brief(one) === `${code} ${at}` && says.test(one.message));
    expect([at, findings.map((one) => one.message), found?.code]).toEqual([at, expect.anything(), code]);
    if (fix instanceof RegExp) expect(found?.fix).toMatch(fix);
    else expect(found?.fix).toBe(fix);
  }
  expect(renderFindings([{ findings }], false)).not.toMatch(/undefined|\[object|Invalid input/);
}

test('a spec without a fault gives the cluster, with defaults filled in', () => {
  const { value, findings } = parseCluster(small());
  expect(findings).toEqual([]);
  expect(value?.apps['cache']?.ports['redis']).toEqual({ container: 6379, service: 6379, protocol: 'tcp', tls: false });
  expect(value?.nodes['alpha']?.addresses['lan']?.join()).toBe('192.168.10.11');
});

const values: [string, Change[], Expected[]][] = [
  [
    'host bits in a CIDR',
    [[['networks', 'lan', 'prefix'], '192.168.10.7/24']],
    [['SPEC_INVALID', 'networks.lan.prefix', /^"192.168.10.7\/24" has host bits/, '192.168.10.0/24']],
  ],
  [
    'an octet with a leading zero',
    [[['nodes', 'beta', 'addresses', 'lan'], ['192.168.010.12']]],
    [['SPEC_INVALID', 'nodes.beta.addresses.lan[0]', /"192.168.010.12"/, '192.168.10.12']],
  ],
  [
    'a prefix length of 33',
    [[['k3s', 'clusterCidrs'], ['10.42.0.7/33']]],
    [['SPEC_INVALID', 'k3s.clusterCidrs[0]', /"10.42.0.7\/33"/, '10.42.0.7/32']],
  ],
  [
    'a reversed range',
    [[['networks', 'lan', 'dhcp'], '192.168.10.9-192.168.10.2']],
    [['SPEC_INVALID', 'networks.lan.dhcp', /reversed/, '192.168.10.2-192.168.10.9']],
  ],
  [
    'a port above 65535',
    [[['apps', 'cache', 'ports', 'redis'], 70000]],
    [['SPEC_INVALID', 'apps.cache.ports.redis', /at most 65535, not the number 70000/, '65535']],
  ],
  [
    'a port that is text',
    [[['apps', 'cache', 'ports', 'redis'], '6379']],
    [['SPEC_INVALID', 'apps.cache.ports.redis', /must be a number or a mapping with container, not "6379"/, '6379']],
  ],
  [
    'a number where text belongs',
    [[['networks', 'lan', 'interface'], 5]],
    [['SPEC_INVALID', 'networks.lan.interface', /^must be text, not the number 5$/, 'put it in quotes: "5"']],
  ],
  [
    'text where a truth value belongs',
    [[['firewall'], { kind: 'nftables', answerPing: 'off' }]],
    [['SPEC_INVALID', 'firewall.answerPing', /^must be true or false, not "off"$/, 'false']],
  ],
  [
    'a list where a mapping belongs',
    [[['nodes', 'beta'], []]],
    [['SPEC_INVALID', 'nodes.beta', /must be a mapping with addresses, not a list/]],
  ],
  [
    'nothing where a mapping belongs',
    [[['k3s'], null]],
    [['SPEC_INVALID', 'k3s', /must be a mapping with nodeNetwork, not an empty value/]],
  ],
  [
    'a name in capitals',
    [[['apps', 'Cron'], { namespace: 'shop' }]],
    [['SPEC_INVALID', 'apps.Cron', /the name "Cron" must be a DNS label/, 'cron']],
  ],
  [
    'a host name as a web address',
    [[['apps', 'web', 'hosts', 0], 'https://Shop.example.com/']],
    [['SPEC_INVALID', 'apps.web.hosts[0]', /full host name in lower case/, 'shop.example.com']],
  ],
  [
    'a version that YAML reads as a number',
    [[['k3s', 'version'], 1.3]],
    [['SPEC_INVALID', 'k3s.version', /must be a K3s release such as v1.34.6\+k3s1, not the number 1.3/]],
  ],
  [
    'a version without its K3s number',
    [[['k3s', 'version'], '1.34.6']],
    [['SPEC_INVALID', 'k3s.version', /must be a K3s release/, 'v1.34.6+k3s1']],
  ],
  [
    'an unknown kind',
    [[['cni', 'kind'], 'flanel']],
    [['SPEC_INVALID', 'cni.kind', /one of calico, cilium or flannel, not "flanel"/, 'flannel']],
  ],
  [
    'a kind that is missing',
    [[['networks', 'lan', 'kind'], undefined]],
    [['SPEC_INVALID', 'networks.lan.kind', /is missing; it must be one of lan, public, sdn, tailnet or wireguard/]],
  ],
  [
    'a required part that is missing',
    [[['cni'], undefined]],
    [['SPEC_INVALID', 'cni', /is missing; it must be a mapping with kind/]],
  ],
  [
    'a misspelt word',
    [[['nodes', 'beta', 'role'], 'agnet']],
    [['SPEC_INVALID', 'nodes.beta.role', /one of server or agent, not "agnet"/, 'agent']],
  ],
  [
    'a misspelt source',
    [[['api'], { allowFrom: ['anywere'] }]],
    [
      [
        'SPEC_INVALID',
        'api.allowFrom[0]',
        /anywhere, cloudflare or a mapping with network, outside or addresses, not "anywere"/,
        'anywhere',
      ],
    ],
  ],
  [
    'a text that must be a list',
    [[['k3s', 'disable'], 'traefik']],
    [['SPEC_INVALID', 'k3s.disable', /must be a list, not "traefik"/, 'put it in a list: ["traefik"]']],
  ],
  [
    'a bad WireGuard key',
    [
      [['nodes', 'alpha', 'addresses', 'overlay'], '10.9.0.1'],
      [['nodes', 'alpha', 'wireguard', 'overlay'], { publicKey: 'abc' }],
    ],
    [['SPEC_INVALID', 'nodes.alpha.wireguard.overlay.publicKey', /"abc" must be a WireGuard public key/]],
  ],
];

const keys: [string, Change[], Expected[]][] = [
  [
    'a misspelt key of the cluster',
    [[['firewal'], { kind: 'ufw' }]],
    [['SPEC_UNKNOWN_KEY', 'firewal', /"firewal" is no key of a cluster; its keys are .*firewall/, 'firewall']],
  ],
  [
    'a misspelt key that is required',
    [
      [['nodes', 'beta', 'rol'], 'agent'],
      [['nodes', 'beta', 'role'], undefined],
    ],
    [['SPEC_UNKNOWN_KEY', 'nodes.beta.rol', /"rol" is no key of nodes.beta/, 'role']],
  ],
  [
    'a misspelt key in one of several forms',
    [[['apps', 'web', 'needs', 0], { ap: 'cache', reason: 'sessions' }]],
    [['SPEC_UNKNOWN_KEY', 'apps.web.needs[0].ap', /its keys are app, .*port, reason/, 'app']],
  ],
  [
    'a foreign key in a source',
    [[['api'], { allowFrom: [{ adresses: '192.168.10.0/24' }] }]],
    [['SPEC_UNKNOWN_KEY', 'api.allowFrom[0].adresses', /"adresses"/, 'addresses']],
  ],
  [
    'a key named like a method of objects',
    [[['nodes', 'beta', 'constructor'], 1]],
    [['SPEC_UNKNOWN_KEY', 'nodes.beta.constructor', /"constructor" is no key/]],
  ],
];

test.each([...values, ...keys])('%s', (_, changes, expected) => {
  expectFindings(parseCluster(broken(...changes)).findings, expected);
});

test('every error is found at once, whatever else is broken', () => {
  const { findings, value } = parseCluster(
    broken(
      [['networks', 'lan', 'prefix'], '192.168.10.7/24'],
      [['cni', 'kind'], 'flanel'],
      [['nodes', 'beta', 'addresses'], { overlay: '10.9.0.300' }],
      [['apps', 'web', 'needs', 0, 'app'], 'cash'],
      [['apps', 'cache', 'hosts'], ['shop.example.com']],
      [['k3s', 'initServer'], 'gamma'],
    ),
  );
  expect(value).toBeUndefined();
  expect(findings.map((one) => `${one.code} ${printPath(one.at[0] ?? [])}`)).toEqual(
    [
      'SPEC_UNKNOWN_NAME apps.web.needs[0].app',
      'HOST_TWICE apps.web.hosts[0]',
      'SPEC_INVALID cni.kind',
      'SPEC_UNKNOWN_NAME k3s.initServer',
      'SPEC_INVALID networks.lan.prefix',
      'NODE_WITHOUT_ADDRESS nodes.beta.addresses.lan',
      'SPEC_INVALID nodes.beta.addresses.overlay',
      'SPEC_INVALID nodes.beta.wireguard.overlay',
    ].sort((a, b) => (a.slice(a.indexOf(' ')) < b.slice(b.indexOf(' ')) ? -1 : 1)),
  );
});

test.each([[[]], ['text'], [null], [undefined], [5], [() => 1]])(
  'a whole spec of %p is refused as no mapping',
  (raw) => {
    const { findings } = parseCluster(raw);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toMatch(/^a cluster must be a mapping, not /);
  },
);

/** The same value with the keys of every mapping in another order. */
function shuffled(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => shuffled(item, random));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]: [string, unknown]) => ({ key, item, rank: random() }));
  entries.sort((a, b) => a.rank - b.rank);
  return Object.fromEntries(entries.map(({ key, item }) => [key, shuffled(item, random)]));
}

test('the order of keys decides nothing', () => {
  const specs = [small(), homelab, jigga, eddisonso];
  fc.assert(
    fc.property(
      fc.constantFrom(...specs),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (spec, stream) => {
        const next = () => stream.next().value as number;
        const mixed = parseCluster(shuffled(spec, next));
        const plain = parseCluster(spec);
        expect(mixed.findings).toEqual([]);
        expect(JSON.stringify(mixed.value)).toBe(JSON.stringify(plain.value));
      },
    ),
    { numRuns: 40 },
  );
});

test("no message shows a program's innards, whatever stands at whatever place", () => {
  const junk = fc.constantFrom<unknown>(
    null,
    0,
    -1,
    1.5,
    NaN,
    '',
    ' ',
    'on',
    'x y',
    true,
    [],
    [[]],
    {},
    { kind: 'x' },
    { a: { b: 1 } },
    () => 1,
  );
  const paths = placesOf(jigga, []);
  fc.assert(
    fc.property(fc.constantFrom(...paths), junk, (path, value) => {
      const spec = structuredClone(jigga);
      let at = spec as unknown as Record<string | number, unknown>;
      for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
      at[path.at(-1) ?? ''] = value;
      const { findings } = parseCluster(spec);
      expect(renderFindings([{ findings }], false)).not.toMatch(
        /undefined|[Oo]bject.[Oo]bject|Invalid |expected|received/,
      );
    }),
    { numRuns: 400 },
  );
});

function placesOf(value: unknown, path: readonly (string | number)[]): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, item]) =>
    placesOf(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

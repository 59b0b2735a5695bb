import { broken } from '../../test/specs/small';
import { printPath } from './finding';
import { parseCluster } from './parse';

const TUNNEL = { kind: 'cloudflare-tunnel', name: 'public', tunnelId: '00000000-0000-4000-8000-000000000000' };
type Change = readonly [path: readonly (string | number)[], value: unknown];

const said = (...changes: Change[]) =>
  parseCluster(broken([['tunnels'], [TUNNEL]], ...changes)).findings.map(
    ({ code, at, message, fix }) => `${code} ${at.map(printPath).join(' + ')}: ${message} (${fix ?? ''})`,
  );
const host = (name: string): Change => [['apps', 'web', 'hosts'], [{ host: name, tunnel: 'public' }]];
const zones = (all: object): Change => [['dns'], { zones: all }];

test('a host in a zone at Cloudflare is fine', () => {
  expect(said(host('a.shop.test'), zones({ 'shop.test': {} }))).toEqual([]);
});

test('a tunnel that serves no hosts is not taken for the one that was meant', () => {
  const named = (name: string): Change => [['apps', 'web', 'hosts'], [{ host: 'a.shop.test', tunnel: name }]];
  expect(said(named('publik'), zones({ 'shop.test': {} }))).toEqual([expect.stringMatching(/ \(public\)$/)]);
  const tailscale = { kind: 'tailscale', network: 'net', connectors: {} };
  const network: Change = [['networks', 'net'], { kind: 'tailnet', interface: 'tailscale0' }];
  const found = said([['tunnels'], [tailscale]], network, named('tailscal'), zones({ 'shop.test': {} }));
  expect(found.filter((text) => text.includes('there is no tunnel'))).toEqual([expect.stringMatching(/ \(\)$/)]);
});

test('a host outside every zone', () => {
  expect(said(host('a.elsewhere.test'), zones({ 'shop.test': {} }))).toEqual([
    expect.stringMatching(
      /^SPEC_UNKNOWN_NAME apps\.web\.hosts\[0\]\.host: a\.elsewhere\.test .*no zone holds it; dns\.zones has shop\.test \(add "elsewhere\.test"/,
    ),
  ]);
});

test('a zone that somebody else answers for', () => {
  expect(said(host('a.shop.test'), zones({ 'shop.test': { provider: 'none' } }))).toEqual([
    expect.stringMatching(/its zone shop\.test has the provider none \(set dns\.zones\["shop\.test"\]\.provider/),
  ]);
});

test('a tunnel that serves no names', () => {
  const tailscale = { kind: 'tailscale', name: 'tail', network: 'tailnet' };
  const changes: Change[] = [
    [['tunnels'], [tailscale]],
    [['networks', 'tailnet'], { kind: 'tailnet', interface: 'tailscale0' }],
    [['apps', 'web', 'hosts'], [{ host: 'a.shop.test', tunnel: 'tail' }]],
  ];
  expect(said(...changes)).toEqual([
    expect.stringMatching(/^SPEC_INVALID apps\.web\.hosts\[0\]\.tunnel: tail forwards to addresses/),
  ]);
});

test('a port that no request fits through', () => {
  const ports: Change = [['apps', 'web', 'ports'], { game: { container: 27015, protocol: 'udp' } }];
  expect(said(ports, host('a.shop.test'), zones({ 'shop.test': {} }))).toEqual([
    expect.stringMatching(/a tunnel carries HTTP, and port game of app web is udp/),
  ]);
});

test('two tunnels in one namespace', () => {
  const second = { ...TUNNEL, name: 'other' };
  expect(said([['tunnels'], [TUNNEL, second]])).toEqual([
    expect.stringMatching(
      /^SPEC_INVALID tunnels\[1\]\.namespace: the tunnels public and other .* \(cloudflare-other\)/,
    ),
  ]);
  expect(said([['tunnels'], [TUNNEL, { ...second, namespace: 'cloudflare-other' }]])).toEqual([]);
});

describe('a record that is to be proxied', () => {
  const record = (name: string, proxied: boolean) => ({ name, type: 'A', value: '203.0.113.1', proxied });
  const dns = (...records: object[]): Change => [['dns'], { zones: { 'shop.test': {} }, records }];

  test('needs a zone at Cloudflare', () => {
    expect(said(dns(record('a.elsewhere.test', true)))).toEqual([
      expect.stringMatching(/^SPEC_UNKNOWN_NAME dns\.records\[0\]\.name: a\.elsewhere\.test is to be proxied/),
    ]);
    expect(said(dns(record('a.shop.test', true)))).toEqual([]);
  });

  test('one that is not needs none', () => {
    expect(said(dns(record('a.elsewhere.test', false)))).toEqual([]);
  });
});

test('every fault at once', () => {
  const records = [{ name: 'b.elsewhere.test', type: 'A', value: '203.0.113.1', proxied: true }];
  expect(said(host('a.elsewhere.test'), [['dns'], { zones: {}, records }])).toHaveLength(2);
});

test('a record whose type cannot hold its value', () => {
  const records = (type: string, value: string): Change => [
    ['dns'],
    { records: [{ name: 'a.example.com', type, value }] },
  ];
  expect(said(records('AAAA', '192.0.2.1'))).toEqual([
    'SPEC_INVALID dns.records[0].type: a record of type AAAA cannot hold 192.0.2.1 (A)',
  ]);
  expect(said(records('A', 'b.example.com'))).toHaveLength(1);
  expect(said(records('CNAME', '2001:db8::1'))).toHaveLength(1);
  expect(said(records('A', ''))).toEqual(['SPEC_INVALID dns.records[0].value: must not be empty ()']);
  for (const [type, value] of [
    ['A', '192.0.2.1'],
    ['AAAA', '2001:db8::1'],
    ['CNAME', 'b.example.com'],
  ] as const)
    expect(said(records(type, value))).toEqual([]);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { main } from '../../main';
import { testHost } from '../../test/support/host';
import { smallSpec } from '../../test/support/spec';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'wayleave-test-'));
  mkdirSync(join(cwd, 'clusters'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

/** Tests a cluster with a shop and its database behind Traefik on the host network. */
async function run(tests: readonly string[], ...args: string[]) {
  const spec = smallSpec({
    ingress: [{ kind: 'traefik', mode: 'host-network', allowFrom: [{ network: 'lan' }] }],
    outside: { mail: { names: ['smtp.example.com'] } },
    apps: {
      web: {
        namespace: 'shop',
        ports: { http: { container: 8080, service: 80 } },
        hosts: ['shop.example.com'],
        needs: [
          { app: 'db', reason: 'orders' },
          { outside: 'mail', port: 587, reason: 'mail to customers' },
        ],
      },
      db: { namespace: 'shop', ports: { postgres: 5432 } },
    },
    firewall: { kind: 'nftables', ssh: { from: [{ network: 'lan' }] } },
    tests: [...tests],
  });
  writeFileSync(join(cwd, 'clusters/small.yaml'), stringify(spec, { aliasDuplicateObjects: false }));
  const { host, printed } = testHost(cwd);
  const code = await main(['test', ...args], host);
  return { code, ...printed };
}

test.each([
  'web → db:5432 yes',
  'db → web:8080 no',
  'shop/db -> mail:587 no',
  '* → mail:587 only web',
  '* → db:5432 only web',
  'traefik → web:80 yes',
  'lan → traefik:443 yes',
  'internet → traefik:443 no',
  'internet → web:80 no',
  'any pod → node:22 no',
  'internet → node:10250 no',
  'a → b:10250 yes',
  'any pod → coredns:53/udp yes',
  'any pod → node:10250 only metrics-server',
])('%s holds', async (text) => {
  const { code, out, err } = await run([text]);
  expect({ code, out, err }).toEqual({ code: 0, out: 'small: 1 assertion holds\n', err: '' });
});

test('one that does not hold is told with the rule that decides, and the command fails', async () => {
  const { code, out } = await run(['db → web:8080 yes', 'web → db:5432 yes']);
  expect(code).toBe(1);
  expect(out).toContain('small: 1 of 2 assertions does not hold');
  expect(out).toContain('  db → web:8080 yes\n    shop/db → shop/web does not pass\n');
  expect(out).toContain('ingress of shop/web');
  expect(out).toMatch(/NetworkPolicy shop\/web \(policies\/shop\.k8s\.yaml:\d+\)/);
});

test('a node says by its firewall', async () => {
  const { out } = await run(['lan → node:22 no']);
  expect(out).toContain('lan → a passes\n      nftables of a lets it in: lan → every node, operators log in by SSH');
});

test('what can be asked of nobody does not hold', async () => {
  const { code, out } = await run(['internet → mail:587 yes', 'a → a:22 no']);
  expect(code).toBe(1);
  const asked = (text: string) =>
    `  ${text}\n    asks nothing: no policy and no firewall of this cluster stands between the two\n`;
  expect(out).toContain(asked('internet → mail:587 yes'));
  expect(out).toContain(asked('a → a:22 no'));
});

test('a workload that is named as both ends is one of its pods and another', async () => {
  expect((await run(['web → web:8080 no', 'db → db no'])).code).toBe(0);
  expect((await run(['web → web:8080 yes'])).out).toContain('shop/web → shop/web does not pass');
});

describe('a cluster without pods', () => {
  const swarm = (tests: readonly string[]) => ({
    name: 'docks',
    networks: { lan: { kind: 'lan', interface: 'eth0', prefix: '192.168.50.0/24' } },
    nodes: { a: { addresses: { lan: '192.168.50.11' } }, b: { addresses: { lan: '192.168.50.12' } } },
    swarm: { managers: ['a'], network: 'lan', addressPool: '10.20.0.0/16', bridgePool: '172.30.0.0/16' },
    firewall: { kind: 'nftables', ssh: { from: [{ network: 'lan' }] } },
    tests,
  });
  const judged = async (...tests: readonly string[]) => {
    writeFileSync(join(cwd, 'clusters/docks.yaml'), stringify(swarm(tests)));
    const { host, printed } = testHost(cwd);
    const code = await main(['test'], host);
    return { code, ...printed };
  };

  test('is judged by the firewalls of its nodes', async () => {
    const { code, out } = await judged(
      'b → a:2377 yes',
      'internet → node:2377 no',
      'lan → b:22 yes',
      'lan → a:2375 no',
    );
    expect({ code, out }).toEqual({ code: 0, out: 'docks: 4 assertions hold\n' });
    const { out: wrong } = await judged('b → a:2377 no');
    expect(wrong).toContain('b → a passes\n      nftables of a lets it in');
  });

  test('has nobody of whom something of pods could be asked', async () => {
    const { code, out } = await judged('any pod → node:22 no');
    expect(code).toBe(1);
    expect(out).toContain('asks nothing: any pod is nobody, since this cluster has no pods');
  });
});

test('as JSON', async () => {
  const { code, out } = await run(['web → db:5432 no'], '--format', 'json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject([
    { cluster: 'small', assertions: [{ assertion: 'web → db:5432 no', holds: false, pairs: 1 }] },
  ]);
});

test('a name that nothing has is an error of the spec, with its place', async () => {
  const { code, err } = await run(['wbe → db:5432 yes']);
  expect(code).toBe(1);
  expect(err).toMatch(/^error SPEC_UNKNOWN_NAME {2}clusters\/small\.yaml:\d+:\d+ \(tests\[0\]\)/);
  expect(err).toContain('"wbe" in "wbe → db:5432 yes" is nothing in this cluster\n  fix: web');
});

test('a line that cannot be read is one, too', async () => {
  const { code, err } = await run(['web db:5432 yes']);
  expect(code).toBe(1);
  expect(err).toContain('SPEC_INVALID');
  expect(err).toContain('has no arrow between who calls and who is called');
});

test('an unknown format is met with the one that was meant', async () => {
  const { code, err } = await run([], '--format', 'jsn');
  expect({ code, err }).toEqual({ code: 1, err: 'error: there is no format jsn; did you mean json?\n' });
});

import { Address } from '../../lib/net/address';
import type { ClusterSpec } from '../../lib/spec/cluster';
import { makeKey } from './keys';
import { ping } from './ping';
import { requireHost } from './requirements';
import { SetupMachine } from './setup-machine';
import { onOverlay } from './setup-specs';

requireHost();

const third = makeKey();
const keyOf = (name: string) => machines[name]?.host.exec(['wg', 'show', 'wg-test', 'public-key']).trim() ?? '';

const machines: Record<string, SetupMachine> = {};
const on = (name: string) => {
  const machine = machines[name];
  if (machine === undefined) throw new Error(`no machine ${name}`);
  return machine;
};

beforeAll(async () => {
  machines['a'] = await SetupMachine.open('a');
  machines['b'] = await SetupMachine.open('b');
  on('a').host.run(`ip link add eth0 type veth peer name eth0 netns ${on('b').host.pid}`);
  for (const [i, name] of ['a', 'b'].entries())
    on(name).host.run(`ip address add 192.0.2.${i + 1}/24 dev eth0; ip link set eth0 up`);
});
afterAll(async () => {
  for (const machine of Object.values(machines)) await machine.close();
});

const published: Record<string, string> = {};
const spec = (more: Readonly<Record<string, string>> = {}, changes: Partial<ClusterSpec> = {}) =>
  onOverlay({ ...published, ...more }, 'nftables', changes);
const apply = (name: string, wanted: ClusterSpec) =>
  expect(on(name).setup(['apply', on(name).carry(wanted, name), '--no-confirm'])).toMatchObject({ code: 0, err: '' });
const pings = () => expect(ping(on('a').host, [Address.parse('10.90.0.2')], '5e7f')).toEqual([]);
const handshake = () =>
  on('a')
    .host.exec(['wg', 'show', 'wg-test', 'latest-handshakes'])
    .split('\n')
    .find((line) => line.startsWith(published['b'] ?? '-'));

test('keys are made before there is a spec, stay on the machine, and are printed as the line of the spec', () => {
  for (const name of ['a', 'b']) {
    const { code, out } = on(name).setup(['keys', '--device', 'wg-test']);
    expect(code).toBe(0);
    const [, key = ''] = /^ {2}nodes\.NODE\.wireguard\.NETWORK\.publicKey: '(\S{43}=)'$/m.exec(out) ?? [];
    published[name] = key;
    const file = on(name).host.run('stat -c "%a %U" /etc/wireguard/wg-test.key; cat /etc/wireguard/wg-test.key');
    const [mode, privateKey = 'none'] = file.trim().split('\n');
    expect(mode).toBe('600 root');
    expect(out).not.toContain(privateKey);
  }
  const folder = on('a').carry(spec(), 'a');
  expect(on('a').setup(['keys', folder]).out).toContain(
    `  nodes.a.wireguard.overlay.publicKey: '${published['a'] ?? ''}'\n`,
  );
});

test('both ends are brought up, and speak', () => {
  for (const name of ['a', 'b']) apply(name, spec());
  pings();
  expect(on('a').host.run('cat /etc/wireguard/wg-test.conf')).not.toMatch(/^PrivateKey/m);
});

test('a peer that comes takes no interface down, and routes and addresses follow', () => {
  const index = () => on('a').host.run('ip -o link show wg-test').split(':')[0];
  const before = { index: index(), handshake: handshake() };
  apply('a', spec({ c: third.publicKey }));
  expect({ index: index(), handshake: handshake() }).toEqual(before);
  expect(on('a').host.exec(['wg', 'show', 'wg-test', 'peers']).trim().split('\n').sort()).toEqual(
    [published['b'], third.publicKey].sort(),
  );
  // An address of a's own and one of b's outside the prefix.
  const wanted = spec();
  const [a, b] = [wanted.nodes['a'], wanted.nodes['b']];
  if (!a || !b) throw new Error('other names');
  const moved: ClusterSpec = {
    ...wanted,
    nodes: {
      a: { ...a, addresses: { ...a.addresses, overlay: ['10.90.0.7'] } },
      b: { ...b, addresses: { ...b.addresses, overlay: ['10.90.0.2', '10.99.0.2'] } },
    },
  };
  apply('a', moved);
  expect(on('a').host.run('ip -4 -o address show dev wg-test')).toContain('10.90.0.7/24');
  expect(on('a').host.run('ip -4 -o address show dev wg-test')).not.toContain('10.90.0.1/24');
  expect(on('a').host.run('ip -4 route show dev wg-test')).toContain('10.99.0.2');
  expect(index()).toBe(before.index);
  apply('a', spec());
  expect(on('a').host.run('ip -4 route show dev wg-test')).not.toContain('10.99.0.2');
  pings();
});

test('a key that is changed is kept until a peer has answered to the one that follows it', () => {
  const folder = on('a').carry(spec(), 'a');
  const [, next = ''] = /publicKey: '(\S+)'/.exec(on('a').setup(['keys', '--rotate', folder]).out) ?? [];
  expect(next).not.toBe(published['a']);
  expect(on('a').setup(['keys', '--rotate', folder]).out).toContain(next);
  expect(on('a').setup(['apply', folder]).out).toContain('nothing to change');

  const former = published['a'] ?? '';
  published['a'] = next;
  apply('a', spec());
  expect(keyOf('a')).toBe(next);
  const rotated = on('a').carry(spec(), 'a');
  expect(on('a').setup(['keys', rotated]).out).toContain('no peer has answered to the new key yet');

  expect(on('a').setup(['rollback']).code).toBe(0);
  expect(keyOf('a')).toBe(former);
  pings();
  apply('a', spec());
  expect(keyOf('a')).toBe(next);

  apply('b', spec());
  // A handshake is counted in seconds: the key that answers must be seen to be younger than the switch.
  on('a').host.run('touch -d "5 seconds ago" /etc/wireguard/wg-test.key.old');
  pings();
  expect(on('a').setup(['keys', rotated]).out).toContain('a peer has answered to the new key; the old one is gone');
  expect(on('a').host.run('ls /etc/wireguard')).toBe('wg-test.conf\nwg-test.key\n');
  expect(on('a').setup(['apply', rotated]).out).toContain('nothing to change');
});

test('verify tells a peer’s last handshake', () => {
  const { out } = on('a').setup(['verify', on('a').carry(spec(), 'a')]);
  expect(out).toMatch(/^handshake +wg-test \S+ +any +\d+ s ago +ok$/m);
});

test('a tunnel that is generated no longer is taken down, and its key stays', () => {
  const wanted = spec();
  const lan: ClusterSpec = {
    ...wanted,
    networks: Object.fromEntries(Object.entries(wanted.networks).filter(([name]) => name === 'lan')),
    nodes: {
      a: { role: 'server', addresses: { lan: '192.0.2.1' } },
      b: { role: 'agent', addresses: { lan: '192.0.2.2' } },
    },
    k3s: { nodeNetwork: 'lan', datastore: 'sqlite' },
  };
  apply('a', lan);
  expect(on('a').host.run('ip link show wg-test 2>&1 || true')).toContain('does not exist');
  expect(on('a').host.run('ls /etc/wireguard')).toBe('wg-test.key\n');
  expect(on('a').setup(['rollback'])).toMatchObject({ code: 0, err: '' });
  pings();
});

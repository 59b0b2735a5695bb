import { Address } from '../../lib/net/address';
import type { ClusterSpec } from '../../lib/spec/cluster';
import { rulesOfOthers } from './firewall-stage';
import { Line } from './line';
import { Namespace } from './namespace';
import { ping } from './ping';
import { requireHost } from './requirements';
import { SetupMachine } from './setup-machine';
import { onOverlay, type Firewall } from './setup-specs';

requireHost();

const NAMES = ['a', 'b', 'c'] as const;
type Name = (typeof NAMES)[number];
const MARK = '776179c0ffee';
/** The kubelet's, which the plan opens between nodes. */
const KUBELET = 10250;
const STRANGER = Address.parse('192.0.2.99');

const overlay = (name: Name) => Address.parse(`10.90.0.${NAMES.indexOf(name) + 1}`);
const lan = (name: Name) => Address.parse(`192.0.2.${NAMES.indexOf(name) + 1}`);

/** Machines that `host-setup.sh` makes into nodes of one cluster, on one link. */
describe.each(['nftables', 'ufw'] as const)('%s', (kind: Firewall) => {
  const machines = new Map<Name, SetupMachine>();
  const publicKeys: Partial<Record<Name, string>> = {};
  let street: Namespace;
  let stranger: Namespace;
  let line: Line | undefined;

  const machine = (name: Name): SetupMachine => {
    const found = machines.get(name);
    if (found === undefined) throw new Error(`no machine ${name}`);
    return found;
  };
  const specOf = (names: readonly Name[], changes: Partial<ClusterSpec> = {}) =>
    onOverlay(Object.fromEntries(names.map((name) => [name, publicKeys[name] ?? ''])), kind, changes);
  const apply = (name: Name, spec: ClusterSpec, ...more: string[]) =>
    machine(name).setup(['apply', machine(name).carry(spec, name), ...more]);
  const keysOf = (text: string) => /publicKey: '(.+)'/.exec(text)?.[1] ?? '';
  const reached = (from: Name, to: Name) => ping(machine(from).host, [overlay(to)], MARK);
  const device = (name: Name) => machine(name).host.run('ip -o link show wg-test | cut -d: -f1');

  beforeAll(async () => {
    street = await Namespace.open('street');
    street.run('ip link add br0 type bridge && ip link set br0 up');
    const join = (host: Namespace, name: string, address: Address) => {
      street.run(
        `ip link add v-${name} type veth peer name eth0 netns ${host.pid} && ip link set v-${name} master br0 up`,
      );
      host.run(`ip address add ${address}/24 dev eth0 && ip link set eth0 up`);
    };
    for (const name of NAMES) {
      const one = await SetupMachine.open(name);
      machines.set(name, one);
      join(one.host, name, lan(name));
      const { code, out } = one.setup(['keys', '--device', 'wg-test']);
      expect(code).toBe(0);
      publicKeys[name] = keysOf(out);
    }
    stranger = await Namespace.open('stranger');
    join(stranger, 'x', STRANGER);
  });
  afterEach(() => {
    line?.close();
    line = undefined;
  });
  afterAll(async () => {
    for (const one of machines.values()) await one.close();
    await stranger?.close();
    await street?.close();
  });

  test('two machines become nodes, and answer each other on the overlay', () => {
    for (const name of ['a', 'b'] as const)
      expect(apply(name, specOf(['a', 'b']), '--no-confirm')).toMatchObject({ code: 0, err: '' });
    expect(reached('a', 'b')).toEqual([]);
    expect(reached('b', 'a')).toEqual([]);
    const { out } = machine('a').setup(['verify', machine('a').carry(specOf(['a', 'b']), 'a'), '--json']);
    const { rows } = JSON.parse(out) as { rows: { area: string; found: string; verdict: string }[] };
    expect(rows.filter(({ area }) => area === 'handshake')).toEqual([expect.objectContaining({ verdict: 'ok' })]);
    // Nobody serves SSH here.
    expect(rows.filter(({ verdict }) => verdict === 'differs').map(({ area }) => area)).toEqual(['listener']);
    // From here on K3s has run, and its ports may be taken.
    for (const name of NAMES) machine(name).host.run('mkdir -p /var/lib/rancher/k3s/agent');
  });

  test('a third joins: tunnels and connections of the others stand all the while', async () => {
    line = await Line.open(machine('a').host, machine('b').host, overlay('b'), KUBELET);
    const before = device('a');
    expect(await line.say('one')).toBe('one');
    const three = specOf(['a', 'b', 'c']);
    for (const name of ['c', 'a', 'b'] as const) {
      expect(apply(name, three, '--no-confirm')).toMatchObject({ code: 0, err: '' });
      expect(await line.say(name)).toBe(name);
    }
    expect(device('a')).toBe(before);
    for (const [from, to] of [
      ['a', 'c'],
      ['c', 'a'],
      ['c', 'b'],
    ] as const)
      expect(reached(from, to)).toEqual([]);
  });

  test('a key is rotated: the new one is taken when the spec has it, the old one goes when a peer has answered', async () => {
    line = await Line.open(machine('a').host, machine('c').host, overlay('c'), KUBELET);
    const folder = machine('b').carry(specOf(NAMES), 'b');
    const rotated = machine('b').setup(['keys', folder, '--rotate']);
    expect(rotated).toMatchObject({ code: 0, err: '' });
    const before = publicKeys.b;
    publicKeys.b = keysOf(rotated.out);
    expect(publicKeys.b).not.toBe(before);
    // Until it is applied, all is as it was.
    expect(reached('a', 'b')).toEqual([]);
    for (const name of NAMES) expect(apply(name, specOf(NAMES), '--no-confirm')).toMatchObject({ code: 0, err: '' });
    expect(await line.say('still here')).toBe('still here');
    for (const [from, to] of [
      ['a', 'b'],
      ['b', 'a'],
      ['b', 'c'],
    ] as const)
      expect(reached(from, to)).toEqual([]);
    expect(machine('b').host.run('ls /etc/wireguard')).toContain('wg-test.key.old');
    const { out } = machine('b').setup(['keys', machine('b').carry(specOf(NAMES), 'b')]);
    expect(out).toContain('a peer has answered to the new key');
    expect(machine('b').host.run('ls /etc/wireguard')).not.toMatch(/\.old|\.new/);
  });

  test('a node is removed: nobody takes its packets any more', () => {
    for (const name of ['a', 'b'] as const)
      expect(apply(name, specOf(['a', 'b']), '--no-confirm')).toMatchObject({ code: 0, err: '' });
    expect(reached('a', 'b')).toEqual([]);
    expect(machine('a').host.run('wg show wg-test peers').trim()).toBe(publicKeys.b);
    expect(machine('a').host.run('ip route show dev wg-test').trim().split('\n')).toHaveLength(1);
  });

  test('rules that shut somebody out are in force at once, spare who is connected, and return unless confirmed', async () => {
    const narrow = specOf(['a', 'b'], { firewall: { kind, ssh: { from: [{ addresses: '192.0.2.7' }] } } });
    const enters = () => connects(stranger, lan('a'), 22);
    line = await Line.open(stranger, machine('a').host, lan('a'), 22);
    expect(await line.say('before')).toBe('before');
    expect(apply('a', narrow, '--confirm-within', '3600')).toMatchObject({ code: 0, err: '' });
    expect(enters()).toBe('refused');
    expect(await line.say('during')).toBe('during');
    machine('a').clockStrikes('_revert');
    expect(enters()).toBe('let in');
    expect(await line.say('after')).toBe('after');
    expect(apply('a', narrow)).toMatchObject({ code: 0, err: '' });
    expect(machine('a').setup(['confirm'])).toMatchObject({ code: 0, err: '' });
    expect(enters()).toBe('refused');
    expect(machine('a').setup(['open-ssh', '--for', '60'])).toMatchObject({ code: 0, err: '' });
    expect(enters()).toBe('let in');
    expect(machine('a').setup(['rollback'])).toMatchObject({ code: 0, err: '' });
    expect(
      machine('a').host.run('cat /etc/ufw/user.rules /etc/wayleave/firewall.nft 2>/dev/null || true'),
    ).not.toContain('192.0.2.7');
  });

  test('rules of others are as they were behind an apply and a rollback', () => {
    const { host } = machine('b');
    host.run(`
      for program in iptables ip6tables; do
        $program -N KUBE-FORWARD; $program -A KUBE-FORWARD -j ACCEPT; $program -I FORWARD -j KUBE-FORWARD
        $program -t nat -A PREROUTING -p tcp --dport 30080 -j REDIRECT --to-ports 8000
        $program -t mangle -A PREROUTING -p tcp --dport 9 -j ACCEPT
      done
      nft 'table inet somebody { chain input { type filter hook input priority 10; policy accept; tcp dport 4 drop; }; }'`);
    const before = rulesOfOthers(host);
    const more = specOf(['a', 'b'], { api: { allowFrom: ['anywhere'] } });
    expect(apply('b', more, '--no-confirm')).toMatchObject({ code: 0, err: '' });
    expect(rulesOfOthers(host)).toBe(before);
    expect(machine('b').setup(['rollback'])).toMatchObject({ code: 0, err: '' });
    expect(rulesOfOthers(host)).toBe(before);
  });
});

/** Nobody serves SSH here: who is let in hears that the port is closed, and who is not hears nothing. */
function connects(from: Namespace, to: Address, port: number): string {
  const script = `
import socket
try: socket.create_connection(('${to}', ${port}), timeout=5)
except ConnectionRefusedError: print('let in')
except TimeoutError: print('refused')
else: print('let in')`;
  return from.exec(['python3', '-c', script]).trim();
}

import { makeKey } from './keys';
import { requireHost } from './requirements';
import { SetupMachine } from './setup-machine';
import { onOverlay, type Firewall } from './setup-specs';

requireHost();

const keys = { a: makeKey(), b: makeKey(), c: makeKey() };
const publicKeys = { a: keys.a.publicKey, b: keys.b.publicKey };

let machine: SetupMachine;

/** The server, whose key is there and whose link is up. */
function fresh(): void {
  machine.reset();
  machine.host.run(
    `ip link show eth0 || { ip link add eth0 type bridge; ip address add 192.0.2.1/24 dev eth0; ip link set eth0 up; }
     umask 077; cat > /etc/wireguard/wg-test.key`,
    `${keys.a.privateKey}\n`,
  );
}

beforeAll(async () => {
  machine = await SetupMachine.open('a');
});
afterAll(() => machine.close());
beforeEach(fresh);

describe.each(['nftables', 'ufw'] as const)('%s', (kind: Firewall) => {
  const spec = onOverlay(publicKeys, kind);

  test('plan tells what apply would do and does nothing; apply does it; a second one changes nothing', () => {
    const folder = machine.carry(spec, 'a');
    const before = machine.state();
    const planned = machine.setup(['plan', folder]);
    expect(planned).toMatchObject({ code: 3, err: '' });
    for (const told of [
      '+net.ipv4.ip_forward = 1',
      '* set net/ipv4/ip_forward from 0 to 1',
      '* start wg-quick@wg-test',
      '* replace the rules of the firewall',
    ])
      expect(planned.out).toContain(told);
    expect(machine.state()).toBe(before);

    expect(machine.setup(['apply', folder, '--no-confirm'])).toMatchObject({ code: 0, err: '' });
    const after = machine.state();
    expect(after).not.toBe(before);
    expect(machine.setup(['plan', folder])).toMatchObject({ code: 0, err: '' });
    expect(machine.setup(['apply', folder])).toEqual({
      code: 0,
      out: 'nothing to change: this machine is setup-test/a\n',
      err: '',
    });
    expect(machine.state()).toBe(after);
  });

  test('rollback gives back every byte, setting, rule and interface', () => {
    const before = machine.state();
    expect(machine.setup(['apply', machine.carry(spec, 'a'), '--no-confirm']).code).toBe(0);
    expect(machine.setup(['rollback'])).toMatchObject({ code: 0, err: '' });
    expect(machine.state()).toBe(before);
    expect(machine.setup(['rollback'])).toMatchObject({ code: 1 });
  });

  test('rollback of a second apply gives back the first', () => {
    expect(machine.setup(['apply', machine.carry(spec, 'a'), '--no-confirm']).code).toBe(0);
    const first = machine.state();
    const more = onOverlay({ ...publicKeys, c: keys.c.publicKey }, kind, { api: { allowFrom: ['anywhere'] } });
    expect(machine.setup(['apply', machine.carry(more, 'a'), '--no-confirm'])).toMatchObject({ code: 0, err: '' });
    expect(machine.state()).toContain(keys.c.publicKey);
    expect(machine.setup(['rollback'])).toMatchObject({ code: 0, err: '' });
    expect(machine.state()).toBe(first);
  });

  test('new rules that nobody confirms return by themselves, and were never on disk', () => {
    const folder = machine.carry(spec, 'a');
    const rules = () => machine.state().replace(/^\/[^]*?(?=^-P)/m, '');
    const before = rules();
    const firewall = () => machine.host.run('cat /etc/ufw/* /etc/wayleave/* 2>/dev/null || true');
    const onDisk = firewall();
    const applied = machine.setup(['apply', folder, '--confirm-within', '2']);
    expect(applied).toMatchObject({ code: 0, err: '' });
    expect(applied.out).toContain('from a new SSH session: host-setup.sh confirm');
    machine.clockStands('_revert');
    expect(firewall()).toBe(onDisk);
    expect(machine.host.run('iptables-save; nft list tables')).not.toMatch(/ufw-before-input|table inet wayleave/);
    expect(before).toContain('-P INPUT ACCEPT');
    expect(machine.setup(['confirm'])).toMatchObject({ code: 1 });
    expect(machine.setup(['plan', folder]).out).toContain('* replace the rules of the firewall');
  });

  test('new rules that are confirmed are on disk and stay', () => {
    const folder = machine.carry(spec, 'a');
    expect(machine.setup(['apply', folder]).code).toBe(0);
    expect(machine.host.run('cat /etc/ufw/ufw.conf; ls /etc/wayleave 2>&1 || true')).not.toMatch(/ENABLED=yes|\.nft/);
    const verified = machine.setup(['verify', folder, '--json']);
    expect(verified.out).toContain('wait for host-setup.sh confirm');
    expect(machine.setup(['apply', folder]).err).toContain('wait to be confirmed');
    expect(machine.setup(['confirm'])).toMatchObject({ code: 0, err: '' });
    expect(machine.host.run('ls /run/wayleave')).not.toMatch(/trial|pid/);
    expect(machine.setup(['plan', folder])).toMatchObject({ code: 0 });
  });

  test('what is generated no longer is removed, or gives way to what was there', () => {
    const before = machine.state();
    expect(machine.setup(['apply', machine.carry(spec, 'a'), '--no-confirm']).code).toBe(0);
    const without = onOverlay(publicKeys, kind, { firewall: { kind: 'none' } });
    expect(machine.setup(['apply', machine.carry(without, 'a'), '--no-confirm'])).toMatchObject({ code: 0, err: '' });
    const firewall = (state: string) => state.split('\n').filter((line) => /ufw|etc\/wayleave|^-/.test(line));
    expect(firewall(machine.state())).toEqual(firewall(before));
  });
});

test('verify is a table of the machine against the folder, and tells each difference', () => {
  const folder = machine.carry(onOverlay(publicKeys, 'nftables'), 'a');
  const differing = () =>
    (
      JSON.parse(machine.setup(['verify', folder, '--json']).out) as {
        rows: { area: string; what: string; verdict: string }[];
      }
    ).rows
      .filter(({ verdict }) => verdict === 'differs')
      .map(({ area, what }) => `${area} ${what}`);
  expect(machine.setup(['verify', folder]).code).toBe(1);
  expect(machine.setup(['apply', folder, '--no-confirm']).code).toBe(0);
  // Nothing here serves SSH.
  expect(differing()).toEqual(['listener tcp 22 (firewall)']);
  machine.host.run(`
    sysctl -qw net.ipv4.ip_forward=0
    ip link set wg-test mtu 1300
    wg set wg-test peer ${keys.b.publicKey} allowed-ips 10.90.0.9/32
    nft insert rule inet wayleave flows tcp dport 81 accept
    echo '# by hand' >> /etc/rancher/k3s/config.yaml`);
  expect(differing()).toEqual([
    'file /etc/rancher/k3s/config.yaml',
    'sysctl net/ipv4/ip_forward',
    `peer wg-test ${keys.b.publicKey}`,
    'mtu wg-test',
    'firewall wayleave',
    'listener tcp 22 (firewall)',
  ]);
  expect(machine.setup(['apply', folder, '--no-confirm'])).toMatchObject({ code: 0, err: '' });
  expect(differing()).toEqual(['listener tcp 22 (firewall)']);
});

test('manifests are written before the cluster first starts, and never again', () => {
  const spec = onOverlay(publicKeys, 'nftables');
  const manifests = () =>
    machine.host.run('ls /var/lib/rancher/k3s/server/manifests').replace(/^\d+-/gm, '').trim().split('\n').sort();
  expect(machine.setup(['apply', machine.carry(spec, 'a'), '--no-confirm']).code).toBe(0);
  expect(manifests()).toEqual(['argocd.yaml', 'traefik.yaml']);
  machine.host.run(
    'mkdir -p /var/lib/rancher/k3s/server/db; for f in /var/lib/rancher/k3s/server/manifests/*; do echo kept > $f; done',
  );
  expect(machine.setup(['plan', machine.carry(spec, 'a')])).toMatchObject({ code: 0 });
  const { gitops: _gitops, ...bare } = spec;
  expect(machine.setup(['apply', machine.carry({ ...bare, purpose: 'x' }, 'a'), '--no-confirm']).code).toBe(0);
  expect(machine.host.run('cat /var/lib/rancher/k3s/server/manifests/*')).toBe('kept\nkept\n');
});

test('a tree of files takes the files alone', () => {
  machine.host.run(
    'mkdir -p /run/tree/etc /run/tree/var/lib; cp /etc/os-release /run/tree/etc; cp -a /etc/ufw /run/tree/etc; mkdir -p /run/tree/lib/systemd/system; cp /lib/systemd/system/ufw.service /lib/systemd/system/wg-quick@.service /run/tree/lib/systemd/system; rm -rf /run/tree/var/lib/dpkg; cp -a /var/lib/dpkg /run/tree/var/lib',
  );
  const before = machine.state();
  const folder = machine.carry(onOverlay(publicKeys, 'ufw'), 'a');
  expect(machine.setup(['apply', folder, '--root', '/run/tree'])).toMatchObject({ code: 0, err: '' });
  expect(machine.host.run('cat /run/tree/etc/ufw/ufw.conf')).toContain('ENABLED=yes');
  expect(machine.host.run('stat -c %a /run/tree/etc/wireguard/wg-test.conf').trim()).toBe('600');
  expect(machine.host.run('readlink /run/tree/etc/systemd/system/multi-user.target.wants/*').split('\n')).toEqual(
    expect.arrayContaining(['/lib/systemd/system/wg-quick@.service']),
  );
  expect(machine.setup(['plan', folder, '--root', '/run/tree']).code).toBe(0);
  expect(machine.setup(['rollback', '--root', '/run/tree']).code).toBe(0);
  expect(machine.host.run('find /run/tree/etc -name "*wayleave*" -o -name "wg-*"')).toBe('');
  expect(machine.state()).toBe(before);
});

test('open-ssh lets SSH in whatever the rules, and ends by itself', () => {
  expect(machine.setup(['apply', machine.carry(onOverlay(publicKeys, 'ufw'), 'a'), '--no-confirm']).code).toBe(0);
  const rules = () =>
    machine.host.run('iptables-save; ip6tables-save; nft list ruleset inet').replace(/\[\d+:\d+\]|^#.*/gm, '');
  machine.host.run(
    "nft 'table inet other { chain in { type filter hook input priority 0; policy drop; }; chain pre { type filter hook prerouting priority -200; policy drop; }; }'",
  );
  const before = rules();
  expect(machine.setup(['open-ssh', '--for', '3600'])).toMatchObject({ code: 0, err: '' });
  for (const chain of ['mangle PREROUTING', 'filter INPUT']) {
    const [table = '', name = ''] = chain.split(' ');
    for (const program of ['iptables', 'ip6tables']) {
      const [, first] = machine.host.run(`${program} -t ${table} -S ${name}`).split('\n');
      expect(first).toContain('--dport 22 -m comment --comment "wayleave open-ssh" -j ACCEPT');
    }
  }
  for (const chain of ['in', 'pre'])
    expect(machine.host.run(`nft list chain inet other ${chain}`)).toContain('tcp dport 22 accept comment');
  machine.clockStrikes('_close-ssh');
  expect(rules()).toBe(before);
});

test('two runs are kept apart', () => {
  const folder = machine.carry(onOverlay(publicKeys, 'nftables'), 'a');
  machine.host.run('mkdir -p /var/lib/wayleave');
  const { code, err } = machine.setup(['apply', folder], 'exec 8>/var/lib/wayleave/lock; flock 8');
  expect({ code, err }).toEqual({
    code: 1,
    err: expect.stringContaining('another run of host-setup.sh is at work') as string,
  });
});

import { makeKey } from './keys';
import { requireHost } from './requirements';
import { SetupMachine } from './setup-machine';
import { onOverlay } from './setup-specs';

requireHost();

const keys = { a: makeKey(), b: makeKey() };
const spec = onOverlay({ a: keys.a.publicKey, b: keys.b.publicKey }, 'nftables');
const ufw = onOverlay({ a: keys.a.publicKey, b: keys.b.publicKey }, 'ufw');

let machine: SetupMachine;
beforeAll(async () => {
  machine = await SetupMachine.open('a');
});
afterAll(() => machine.close());
beforeEach(() => {
  machine.reset();
  machine.host.run(
    `ip link show eth0 >/dev/null 2>&1 || { ip link add eth0 type bridge; ip address add 192.0.2.1/24 dev eth0; ip link set eth0 up; }
     umask 077; cat > /etc/wireguard/wg-test.key`,
    `${keys.a.privateKey}\n`,
  );
});

interface Bad {
  readonly what: string;
  /** What is wrong with the machine. */
  readonly machine?: string;
  /** What is wrong with the folder, by a command in it. */
  readonly folder?: string;
  readonly changes?: Readonly<Record<string, string>>;
  readonly node?: string;
  /** What the shell does ahead of the script. */
  readonly before?: string;
  readonly after?: string;
  readonly says: RegExp;
}

const long = 'wg-much-too-long0';

const CASES: readonly Bad[] = [
  {
    what: 'a folder of another node',
    node: 'b',
    says: /this machine is called a, and \S+ is for b: go to that machine, or say --any-machine/,
  },
  {
    what: 'a folder of another cluster',
    machine: 'mkdir -p /var/lib/wayleave; echo elsewhere/a > /var/lib/wayleave/managed',
    says: /this machine is elsewhere\/a, and \S+ is for setup-test\/a: take the folder of elsewhere\/a/,
  },
  {
    what: 'a machine without the node’s address',
    machine: 'ip address delete 192.0.2.1/24 dev eth0',
    after: 'ip address add 192.0.2.1/24 dev eth0',
    says: /this machine has none of the addresses of a \(eth0 192\.0\.2\.1\)/,
  },
  {
    what: 'a file changed after synth',
    folder: 'sed -i s/51999/51998/ etc/wireguard/wg-test.conf',
    says: /wg-test\.conf is not the file that index\.json lists: it was changed after synth\. Synthesise and copy/,
  },
  { what: 'a file too many', folder: 'touch etc/extra', says: /etc\/extra is in \S+ but not in its index\.json/ },
  { what: 'a file too few', folder: 'rm packages.txt', says: /packages\.txt is in \S+ but not in its index\.json/ },
  { what: 'a link', folder: 'ln -s /etc/shadow etc/link', says: /etc\/link is no plain file: copy the folder again/ },
  {
    what: 'the folder of the whole cluster',
    folder: 'mkdir hosts',
    says: /is a whole cluster: name the folder of one of its nodes, below \S+\/hosts/,
  },
  { what: 'no index', folder: 'rm index.json', says: /has no index\.json: name a folder dist\/CLUSTER\/hosts\/NODE/ },
  {
    what: 'an index that leads out of the folder',
    folder: `sed -i 's:"etc/rancher/k3s/config.yaml":"etc/../../outside":' index.json`,
    says: /index\.json is not what Wayleave writes/,
  },
  {
    what: 'an index that is no JSON of ours',
    folder: 'echo more >> index.json',
    says: /index\.json is not what Wayleave writes/,
  },
  {
    what: 'a file outside the places that the script knows',
    changes: { 'usr/bin/x': '#!/bin/sh\n' },
    says: /usr\/bin\/x has no place on a machine that this script knows/,
  },
  {
    what: 'no private key',
    machine: 'rm /etc/wireguard/wg-test.key',
    says: /there is no \/etc\/wireguard\/wg-test\.key: host-setup\.sh keys/,
  },
  {
    what: 'a private key that others can read',
    machine: 'chmod 640 /etc/wireguard/wg-test.key',
    says: /wg-test\.key can be read by others than root \(root, mode 640\): .*chmod 600 \/etc\/wireguard\/wg-test\.key/,
  },
  {
    what: 'a private key that is none',
    machine: 'echo secret > /etc/wireguard/wg-test.key',
    says: /wg-test\.key holds no WireGuard key: move it away/,
  },
  {
    what: 'a private key that the spec does not know',
    machine: 'wg genkey > /etc/wireguard/wg-test.key',
    says: /is not the one of the spec: write nodes\.a\.wireguard\.overlay\.publicKey: '\S{43}=' there, synthesise/,
  },
  {
    what: 'an interface name of more than 15 characters',
    changes: {
      'node.txt': `cluster setup-test\nnode a\nhostname a\naddress eth0 192.0.2.1\noverlay ${long} overlay ${keys.a.publicKey}\n`,
    },
    says: /wg-much-too-long0 .* has 17 characters, and the kernel takes 15.* Shorten networks\.overlay\.interface/,
  },
  {
    what: 'a tunnel’s port that is taken',
    before:
      'python3 -c "import socket,time; s=socket.socket(socket.AF_INET,socket.SOCK_DGRAM); s.bind((\'\',51999)); time.sleep(1000)" </dev/null >/dev/null 2>&1 & while ! ss -Hlun "sport = :51999" | grep -q .; do :; done; echo $! > /run/holder',
    after: 'kill $(cat /run/holder)',
    says: /udp port 51999 is taken by python3?[^ ]*, process \d+: stop that, or change networks\.overlay\.port in the spec/,
  },
  {
    what: 'a port of K3s that is taken',
    before:
      'python3 -c "import socket,time; s=socket.create_server((\'\',6443)); time.sleep(1000)" </dev/null >/dev/null 2>&1 & while ! ss -Hltn "sport = :6443" | grep -q .; do :; done; echo $! > /run/holder',
    after: 'kill $(cat /run/holder)',
    says: /tcp port 6443 is taken by python/,
  },
  {
    what: 'an interface of that name that someone else made',
    machine: 'wireguard-go wg-test >/dev/null 2>&1',
    says: /an interface wg-test is up that no file of Wayleave's made: take it down \(ip link delete wg-test\)/,
  },
  {
    what: 'a configuration of that name that someone else wrote',
    machine: "printf '[Interface]\\nPrivateKey = x\\n' > /etc/wireguard/wg-test.conf",
    says: /wg-test\.conf is not Wayleave's: somebody else runs a tunnel of that name/,
  },
  {
    what: 'an interface of that name that is no tunnel',
    machine: 'ip link add wg-test type bridge; echo "# Written by Wayleave for x" > /etc/wireguard/wg-test.conf',
    after: 'ip link delete wg-test',
    says: /the interface wg-test is there and is no WireGuard tunnel/,
  },
  {
    what: 'a packet filter that does not load',
    changes: { 'etc/wayleave/firewall.nft': '#!/usr/sbin/nft -f\ntable inet wayleave { chain x { nonsense; } }\n' },
    says: /the firewall's rules do not load: .*Nothing was changed/,
  },
  {
    what: 'a package that is missing',
    changes: { 'packages.txt': '# x\nnftables\nno-such-package-of-wayleave # for a test\n' },
    says: /packages are missing\. Install them, or say --install: apt-get update && apt-get install -y no-such-package-of-wayleave/,
  },
  {
    what: 'an unknown distribution',
    machine: "sed -i 's/debian/plan9/' /etc/os-release",
    says: /this is neither Debian nor Ubuntu \(\/etc\/os-release says plan9 ?\).*Apply the files by hand/,
  },
  {
    what: 'a module that the kernel has not',
    changes: { 'etc/modules-load.d/wayleave.conf': 'no_such_module\n' },
    says: /the kernel has no module no_such_module: install the kernel package that brings it/,
  },
  {
    what: 'a folder where a file is to go',
    machine: 'mkdir -p /etc/rancher/k3s/config.yaml',
    says: /\/etc\/rancher\/k3s\/config\.yaml is a folder where a file is to go: move it away/,
  },
  {
    what: 'a read-only /etc',
    machine: 'mount -o remount,bind,ro /etc',
    after: 'mount -o remount,bind,rw /etc',
    says: /Read-only file system\nhost-setup: there is no room for the new files, or their folders are read-only/,
  },
  {
    what: 'a full disk beneath /etc',
    machine:
      'mkdir -p /etc/rancher; mount -t tmpfs -o size=4k tmpfs /etc/rancher; head -c 4096 /dev/zero > /etc/rancher/full',
    after: 'umount /etc/rancher',
    says: /No space left on device\nhost-setup: there is no room for the new files/,
  },
  {
    what: 'a full disk beneath /var/lib',
    machine:
      'mkdir -p /var/lib/wayleave; mount -t tmpfs -o size=8k tmpfs /var/lib/wayleave; head -c 8192 /dev/zero > /var/lib/wayleave/full 2>/dev/null || true',
    after: 'umount /var/lib/wayleave',
    says: /No space left on device[^]*host-setup: |cannot write to \/var\/lib\/wayleave/,
  },
];

test.each(CASES.map((one) => [one.what, one] as const))('%s is refused, and nothing is changed', (_, bad: Bad) => {
  const folder = machine.carry(spec, bad.node ?? 'a', bad.changes);
  if (bad.folder !== undefined) machine.host.run(`cd ${folder}; ${bad.folder}`);
  machine.host.run(bad.machine ?? ':');
  try {
    const before = machine.state();
    const { code, err } = machine.setup(['apply', folder, '--no-confirm'], bad.before);
    expect(err).toMatch(bad.says);
    expect(code).toBe(1);
    expect(machine.state()).toBe(before);
    expect(err).not.toContain(keys.a.privateKey);
  } finally {
    machine.host.run(bad.after ?? ':');
  }
});

test('who is not root is told so', () => {
  const folder = machine.carry(spec, 'a');
  machine.host.run(`chmod -R a+rX ${folder} $(dirname ${folder})`);
  const { code, err } = machine.setup(['plan', folder], 'exec setpriv --reuid 65534 --clear-groups bash "$0" "$@"');
  expect({ code, err }).toEqual({
    code: 1,
    err: expect.stringMatching(/only root may do this: sudo host-setup\.sh plan/) as string,
  });
});

test('a refusal is JSON where JSON is asked for', () => {
  const folder = machine.carry(spec, 'b');
  expect(JSON.parse(machine.setup(['plan', folder, '--json']).out)).toEqual({
    error: expect.stringContaining('this machine is called a') as string,
  });
});

test('a machine that is said to be another one is taken as it is', () => {
  machine.host.run('hostname elsewhere');
  try {
    expect(machine.setup(['plan', machine.carry(ufw, 'a')]).code).toBe(1);
    expect(machine.setup(['plan', machine.carry(ufw, 'a'), '--any-machine']).code).toBe(3);
  } finally {
    machine.host.run('hostname a');
  }
});

test.each([
  [[]],
  [['frobnicate']],
  [['plan']],
  [['apply', '/x', '/y']],
  [['apply', '/x', '--nonsense']],
  [['rollback', '/x']],
  [['apply', '/x', '--confirm-within', 'soon']],
  [['verify', '/x', '--root', '/run']],
])('a call that means nothing is told how calls look: %j', (args) => {
  expect(machine.setup(args).code).toBe(2);
});

test('secrets of a former file are not shown', () => {
  machine.host.run('mkdir -p /etc/rancher/k3s; echo "token: swordfish" > /etc/rancher/k3s/config.yaml');
  const { out } = machine.setup(['plan', machine.carry(spec, 'a')]);
  expect(out).toContain('-token: (not shown)');
  expect(out).not.toContain('swordfish');
});

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { emit } from '../../lib/emit/emit';
import { INDEX, indexFile } from '../../lib/emit/index-file';
import { isProgram, Tree } from '../../lib/emit/tree';
import type { ClusterSpec } from '../../lib/spec/cluster';
import { walkTo } from '../support/plan';
import { Namespace } from './namespace';

const HOST_SETUP = join(__dirname, '../../host-setup');

/** Parts of /etc that the script and what it calls read; everything else there is left out. */
const ETC =
  'os-release passwd group nsswitch.conf hosts ld.so.cache ld.so.conf ld.so.conf.d alternatives ufw default systemd wireguard iproute2 debian_version';

/**
 * Folders of the machine that are the test's alone, as they are behind the installation of the packages. The kernel's
 * list of modules says what this kernel has: one built for a virtual machine may have them in itself and no list.
 */
const PRIVATE = `
  mkdir -p /run/pristine /run/own/lib/dpkg /run/own/modules/$(uname -r)
  for name in ${ETC}; do [ ! -e /etc/$name ] || cp -a /etc/$name /run/pristine/; done
  find /run/pristine/alternatives -name '*.gz' -delete
  rm -f /run/pristine/wireguard/* && mkdir -p -m 700 /run/pristine/wireguard
  rm -rf /run/pristine/systemd/system/*wayleave* /run/pristine/systemd/system/*/*wayleave* /run/pristine/systemd/system/*wg-quick*
  cp -a /run/pristine /run/own/etc
  printf 'kernel/%s.ko\\n' br_netfilter overlay wireguard > /run/own/modules/$(uname -r)/modules.builtin
  mount --bind /var/lib/dpkg /run/own/lib/dpkg
  mount --rbind /run/own/lib /var/lib
  mount --bind /run/own/etc /etc
  mount --bind /run/own/modules /lib/modules
  ln -s /usr/share/zoneinfo/UTC /run/pristine/localtime
  printf '#!/bin/sh\nexec setsid --wait wireguard-go "$@"\n' > /run/wireguard-go && chmod 755 /run/wireguard-go`;

/** Blocks until no process of this host has a word among its arguments. */
const STANDS = `
import os, select, sys
own = os.stat('/proc/self/ns/net').st_ino
def awaited(pid):
    try:
        if int(pid) == os.getpid() or os.stat(f'/proc/{pid}/ns/net').st_ino != own: return None
        words = open(f'/proc/{pid}/cmdline').read().split(chr(0))
        return os.pidfd_open(int(pid)) if sys.argv[1] in words and 'timeout' not in words else None
    except OSError: return None
while True:
    found = [one for one in map(awaited, filter(str.isdigit, os.listdir('/proc'))) if one is not None]
    if not found: break
    for one in found: select.select([one], [], [])
`;

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A machine on which `host-setup.sh` is run as root: a host of its own whose files are its own too. */
export class SetupMachine {
  private constructor(
    readonly host: Namespace,
    private readonly folder: string,
  ) {}

  static async open(name: string): Promise<SetupMachine> {
    const host = await Namespace.open(name);
    host.run(`${PRIVATE}\n hostname ${name}`);
    const machine = new SetupMachine(host, mkdtempSync(join(tmpdir(), 'wayleave-setup-')));
    cpSync(HOST_SETUP, join(machine.folder, 'host-setup'), { recursive: true });
    return machine;
  }

  /** The folder of one node of a spec, as an operator would copy it here. */
  carry(spec: ClusterSpec, node: string, changes: Readonly<Record<string, string>> = {}): string {
    const { plan, parts } = walkTo(spec);
    const { value } = emit(plan, parts, () => '');
    if (value === undefined) throw new Error('nothing was emitted');
    const prefix = `hosts/${node}/`;
    const own = new Tree();
    for (const { path, content, owner } of value.files()) {
      const name = path.slice(prefix.length);
      if (path.startsWith(prefix) && name !== INDEX && !(name in changes)) own.add(name, content, owner);
    }
    for (const [path, content] of Object.entries(changes)) if (content !== '') own.add(path, content, 'test');
    own.add(INDEX, indexFile(own.files()), 'index');
    const folder = mkdtempSync(join(this.folder, 'node-'));
    for (const { path, content } of own.files()) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content, { mode: isProgram(content) ? 0o755 : 0o644 });
    }
    return folder;
  }

  /** Runs the script; `before` is run by the same shell ahead of it. */
  setup(args: readonly string[], before = ''): Ran {
    const script = join(this.folder, 'host-setup/host-setup.sh');
    // In a session of its own, so that it outlives a run that is killed, as the kernel's own tunnels do.
    const environment = 'export WG_QUICK_USERSPACE_IMPLEMENTATION=/run/wireguard-go';
    const command = ['bash', '-c', `${environment}; ${before}\nexec setsid --wait bash "$0" "$@"`, script, ...args];
    const { status, signal, stdout, stderr } = spawnSync('nsenter', this.host.enter(command), {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      timeout: 100_000,
    });
    return { code: status ?? (signal === 'SIGKILL' ? 137 : -1), out: stdout, err: stderr };
  }

  /** Every file and folder of /etc and of K3s with its bytes, and what runs: settings, rules, interfaces. */
  state(): string {
    return this.host.run(`
      folders=/etc; [ ! -d /var/lib/rancher ] || folders="/etc /var/lib/rancher"
      find $folders -printf '%p %m %u:%g %l\\n' | sort
      find $folders -type f -print0 | sort -z | xargs -0r sha256sum
      grep -rs . /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/ip_unprivileged_port_start /proc/sys/net/ipv4/icmp_* /proc/sys/net/ipv4/conf /proc/sys/net/ipv6/conf /proc/sys/net/bridge | grep -v -e stable_secret -e mc_forwarding | sort
      for program in iptables ip6tables; do for table in filter mangle; do $program -t $table -S; done; done
      nft list tables inet | grep wayleave | while read -r _ _ table; do nft -s list table inet $table; done
      ip -o address show | grep -v 'scope link' | sed 's/^[0-9]*: //; s/valid_lft.*//'
      ip -o link show | sed 's/^[0-9]*: \\([^:]*\\).*\\(mtu [0-9]*\\).*/\\1 \\2/'
      ip route show; ip -6 route show | sed 's/expires.*//'
      for what in public-key allowed-ips listen-port; do wg show all $what; done`);
  }

  /** Waits until the clock that was set for a command of the script has struck, and the command has ended. */
  clockStands(command: string): void {
    this.host.exec(['timeout', '60', 'python3', '-Sc', STANDS, command]);
  }

  /** The time of the clock of a command is over: what sleeps until then wakes up, and the command ends. */
  clockStrikes(command: string): void {
    this.host.run(`kill $(pgrep -P $(cat /run/wayleave/${command}.pid) -x sleep)`);
    this.clockStands(command);
  }

  /** A fresh machine again, without another namespace. */
  reset(): void {
    this.host.run(`
      for pid in /run/wayleave/*.pid; do [ ! -e $pid ] || kill -- -$(cat $pid) || true; done
      for device in $(wg show interfaces); do ip link delete $device; done
      nft flush ruleset
      for program in iptables ip6tables; do for chain in INPUT FORWARD OUTPUT; do $program -P $chain ACCEPT; done; done
      find /etc /var/lib/wayleave /var/lib/rancher /run/wayleave -mindepth 1 -delete 2>/dev/null || true
      rmdir /var/lib/wayleave /var/lib/rancher /run/wayleave 2>/dev/null || true
      cp -a /run/pristine/. /etc/
      printf 0 > /proc/sys/net/ipv4/ip_forward
      for file in /proc/sys/net/ipv[46]/conf/*/accept_redirects; do printf 1 > $file; done
      printf 1024 > /proc/sys/net/ipv4/ip_unprivileged_port_start`);
  }

  async close(): Promise<void> {
    this.reset();
    await this.host.close();
    rmSync(this.folder, { recursive: true });
  }
}

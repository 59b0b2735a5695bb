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
  rm -f /run/pristine/wireguard/* && mkdir -p -m 700 /run/pristine/wireguard
  rm -rf /run/pristine/systemd/system/*wayleave* /run/pristine/systemd/system/*/*wayleave* /run/pristine/systemd/system/*wg-quick*
  cp -a /run/pristine /run/own/etc
  printf 'kernel/%s.ko\\n' br_netfilter overlay wireguard > /run/own/modules/$(uname -r)/modules.builtin
  mount --bind /var/lib/dpkg /run/own/lib/dpkg
  mount --rbind /run/own/lib /var/lib
  mount --bind /run/own/etc /etc
  mount --bind /run/own/modules /lib/modules
  ln -s /usr/share/zoneinfo/UTC /run/pristine/localtime`;

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
    const environment = 'export WG_QUICK_USERSPACE_IMPLEMENTATION=wireguard-go';
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
      for folder in /etc /var/lib/rancher; do
        [ ! -d $folder ] || find $folder -printf '%p %m %u:%g %l\\n' | sort
        [ ! -d $folder ] || find $folder -type f -print0 | sort -z | xargs -0r sha256sum
      done
      grep -rs . /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/ip_unprivileged_port_start /proc/sys/net/ipv4/icmp_* /proc/sys/net/ipv4/conf /proc/sys/net/ipv6/conf /proc/sys/net/bridge | grep -v -e stable_secret -e mc_forwarding | sort
      for program in iptables ip6tables; do for table in filter mangle; do $program -t $table -S; done; done
      nft list tables inet | grep wayleave | while read -r _ _ table; do nft -s list table inet $table; done
      for device in $(ip -o link show | cut -d: -f2 | cut -d@ -f1); do
        ip -o address show dev $device | grep -v 'scope link' | sed 's/^[0-9]*: //; s/valid_lft.*//'; ip -o link show dev $device | sed 's/.*\\(mtu [0-9]*\\).*/\\1/'
        ip route show dev $device; ip -6 route show dev $device | sed 's/expires.*//'
        wg show $device public-key 2>/dev/null; wg show $device allowed-ips 2>/dev/null; wg show $device listen-port 2>/dev/null
      done || true`);
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

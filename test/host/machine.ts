import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Ahead of all tests: what is on the machine, so that `machine-after.ts` can tell what they left. */

/** By what the processes of a run are known, whoever started them: each inherits it. */
export const RUN = 'WAYLEAVE_HOST_TESTS';

/** Where it is kept meanwhile. */
export const foundOnMachine = () => join(tmpdir(), `wayleave-host-tests-${process.env[RUN] ?? ''}`);

/** Folders into which the script and its programs write. */
const FOLDERS =
  '/etc/default /etc/modules-load.d /etc/rancher /etc/sysctl.d /etc/systemd /etc/ufw /etc/wayleave /etc/wireguard /run/wayleave /run/wireguard /var/lib/rancher /var/lib/wayleave';

export function stateOfMachine(): string {
  return execFileSync(
    'bash',
    [
      '-c',
      `for folder in ${FOLDERS}; do [ ! -e "$folder" ] || find "$folder" -printf '%p %m %s %T@ %l\\n'; done | sort
       uname -n
       ip -o link show | sed 's/ state .*//'
       ip route show; ip -6 route show | sed 's/expires.*//'
       nft -s list ruleset
       grep -s . /proc/sys/net/ipv4/{ip_forward,ip_unprivileged_port_start,conf/*/{forwarding,rp_filter}} /proc/sys/net/ipv6/conf/*/forwarding
       findmnt --list --noheadings --output TARGET,FSTYPE | sort`,
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
}

/** Processes of this run but for jest's own, as `id arguments`. */
export function processesOfRun(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
        const isOfRun = readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`${RUN}=${process.env[RUN] ?? ''}\0`);
        return isOfRun && words !== '' && !readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('node')
          ? [`${pid} ${words}`]
          : [];
      } catch {
        // It ended meanwhile.
        return [];
      }
    });
}

export default function before(): void {
  process.env[RUN] = String(process.pid);
  writeFileSync(foundOnMachine(), stateOfMachine());
}

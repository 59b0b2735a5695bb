import { spawnSync } from 'node:child_process';

/** Debian's packages of the programs these tests run. */
const PACKAGES = {
  nft: 'nftables',
  ufw: 'ufw',
  iptables: 'iptables',
  ip: 'iproute2',
  python3: 'python3',
  nsenter: 'util-linux',
  wg: 'wireguard-tools',
  'wireguard-go': 'wireguard-go',
};

/** Fails with what to do, before a test fails with what it misses. */
export function requireHost(): void {
  if (process.getuid?.() !== 0) throw new Error('these tests make network namespaces: run them as root');
  const missing = Object.entries(PACKAGES).filter(
    ([program]) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0,
  );
  if (missing.length > 0) {
    throw new Error(
      `missing: ${missing.map(([program]) => program).join(', ')}. Run: apt-get install -y ${missing.map(([, name]) => name).join(' ')}`,
    );
  }
}

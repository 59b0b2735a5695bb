import type { ClusterSpec } from '../../lib/spec/cluster';

/** A rented machine on two networks of its site and on the internet, a second one that is not on `sdn`, and their overlay. */
export function crossroadsSpec(changes: Partial<ClusterSpec> = {}): ClusterSpec {
  const peer = (addresses: Record<string, string>, key: string) => ({
    addresses,
    wireguard: { mesh: { publicKey: `${key.repeat(42)}A=` } },
  });
  return {
    name: 'crossroads',
    networks: {
      wan: { kind: 'public', interface: 'eth1', addressing: 'static' },
      lan: { kind: 'lan', interface: 'eth0', prefix: '192.168.50.0/24' },
      sdn: { kind: 'sdn', interface: 'eth2', prefix: '10.1.0.0/24' },
      mesh: { kind: 'wireguard', interface: 'wg-cross', prefix: '10.10.0.0/16', over: 'wan', port: 51900 },
    },
    nodes: {
      a: {
        role: 'server',
        ...peer({ lan: '192.168.50.11', wan: '198.51.100.1', sdn: '10.1.0.11', mesh: '10.10.0.1' }, 'A'),
      },
      b: { role: 'agent', ...peer({ lan: '192.168.50.12', wan: '198.51.100.2', mesh: '10.10.0.2' }, 'B') },
    },
    outside: { nas: { addresses: '192.168.50.5' }, office: { addresses: '203.0.113.0/28' } },
    k3s: { nodeNetwork: 'lan' },
    cni: { kind: 'flannel' },
    firewall: { kind: 'nftables', ssh: { from: [{ network: 'lan' }] } },
    ...changes,
  };
}

import type { ClusterSpec } from '../../lib/spec/cluster';

/** Two servers and an agent on one LAN, and nothing that a test did not ask for. */
export function smallSpec(changes: Partial<ClusterSpec> = {}): ClusterSpec {
  return {
    name: 'small',
    networks: { lan: { kind: 'lan', interface: 'eth0', prefix: '192.168.50.0/24', gateway: '192.168.50.1' } },
    nodes: {
      a: { role: 'server', addresses: { lan: '192.168.50.11' } },
      b: { role: 'server', addresses: { lan: '192.168.50.12' } },
      c: { role: 'agent', addresses: { lan: '192.168.50.13' } },
    },
    k3s: { nodeNetwork: 'lan' },
    cni: { kind: 'flannel' },
    ...changes,
  };
}

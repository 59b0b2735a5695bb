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

/** The same of one server and one agent. */
export function pairSpec(changes: Partial<ClusterSpec> = {}): ClusterSpec {
  return smallSpec({
    nodes: {
      a: { role: 'server', addresses: { lan: '192.168.50.11' } },
      b: { role: 'agent', addresses: { lan: '192.168.50.12' } },
    },
    ...changes,
  });
}

/** Ranges of pods and Services in both families. */
export const DUAL_RANGES = {
  clusterCidrs: ['10.42.0.0/16', 'fd00:42::/56'],
  serviceCidrs: ['10.43.0.0/16', 'fd00:43::/112'],
};

/** One rented server with an address of each family, and such ranges: changes to the small spec. */
export const DUAL_STACK = {
  networks: { wan: { kind: 'public', interface: 'eth0' } },
  nodes: { a: { role: 'server', addresses: { wan: ['198.51.100.1', '2001:db8::1'] } } },
  k3s: { nodeNetwork: 'wan', ...DUAL_RANGES },
} satisfies Partial<ClusterSpec>;

/** Two pods of one namespace, one of which calls the other and a party outside. */
export function shopSpec(changes: Partial<ClusterSpec> = {}): ClusterSpec {
  return smallSpec({
    outside: { mail: { names: ['smtp.example.com'] } },
    apps: {
      web: {
        namespace: 'shop',
        ports: { http: 8080 },
        needs: [
          { app: 'db', reason: 'orders' },
          { outside: 'mail', port: 587, reason: 'mail to customers' },
        ],
      },
      db: { namespace: 'shop', ports: { postgres: 5432 } },
    },
    ...changes,
  });
}

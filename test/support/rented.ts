import type { ClusterSpec } from '../../lib/spec/cluster';

/** Three servers on public addresses behind a proxy, an app with a cache and a database outside: all that a document tells of. */
export function rentedSpec(changes: Partial<ClusterSpec> = {}): ClusterSpec {
  return {
    name: 'rented',
    purpose: 'Three rented servers',
    networks: { wan: { kind: 'public', interface: 'eth0' } },
    nodes: {
      one: { role: 'server', hostname: 'host-1', addresses: { wan: '203.0.113.1' }, observedPodRange: '10.42.0.0/24' },
      two: { role: 'server', hostname: 'host-2', addresses: { wan: '203.0.113.2' }, observedPodRange: '10.42.1.0/24' },
      three: {
        role: 'server',
        hostname: 'host-3',
        addresses: { wan: '203.0.113.3' },
        observedPodRange: '10.42.2.0/24',
      },
    },
    k3s: { version: 'v1.34.6+k3s1', nodeNetwork: 'wan', proxy: { mode: 'ipvs' } },
    cni: { kind: 'flannel', backend: 'vxlan' },
    ingress: [{ kind: 'traefik', mode: 'host-network', allowFrom: ['cloudflare'], trustForwardedFrom: ['cloudflare'] }],
    firewall: { kind: 'ufw' },
    dns: { zones: { 'example.com': { proxied: true, originTls: 'flexible' } } },
    outside: { postgres: { names: ['db.example.net'] } },
    apps: {
      web: {
        namespace: 'shop',
        ports: { http: 8000 },
        hosts: ['shop.example.com'],
        needs: [
          { app: 'cache', reason: 'sessions' },
          { outside: 'postgres', port: 5432, encryptedBy: 'TLS 1.3', reason: 'orders' },
        ],
      },
      cache: { namespace: 'shop', ports: { redis: 6379 } },
    },
    gitops: { kind: 'argocd', repository: 'https://git.example.org/shop.git' },
    ...changes,
  };
}

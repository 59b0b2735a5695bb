import type { ClusterSpec } from '../../lib/spec/cluster';

export type Firewall = 'nftables' | 'ufw';

/** A cluster on an overlay: the first node a server. Each has the address of its place in the list. */
export function onOverlay(
  publicKeys: Readonly<Record<string, string>>,
  kind: Firewall,
  changes: Partial<ClusterSpec> = {},
): ClusterSpec {
  return {
    name: 'setup-test',
    networks: {
      lan: { kind: 'lan', interface: 'eth0', prefix: '192.0.2.0/24', trusted: false },
      overlay: { kind: 'wireguard', interface: 'wg-test', prefix: '10.90.0.0/24', over: 'lan', port: 51999 },
    },
    nodes: Object.fromEntries(
      Object.entries(publicKeys).map(([name, publicKey], i) => [
        name,
        {
          role: i === 0 ? 'server' : 'agent',
          addresses: { lan: `192.0.2.${i + 1}`, overlay: `10.90.0.${i + 1}` },
          wireguard: { overlay: { publicKey } },
        },
      ]),
    ),
    k3s: { nodeNetwork: 'overlay', datastore: 'sqlite' },
    cni: { kind: 'flannel', backend: 'vxlan' },
    ingress: [{ kind: 'traefik', mode: 'host-network' }],
    gitops: { kind: 'argocd', repository: 'https://git.example.com/setup-test.git' },
    firewall: { kind, ssh: { from: ['anywhere'] } },
    ...changes,
  };
}

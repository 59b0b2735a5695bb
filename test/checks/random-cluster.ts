import * as fc from 'fast-check';
import type { ClusterSpec } from '../../lib/spec/cluster';

/** What a cluster is drawn from: small numbers, of which any combination makes a network that works. */
const drawn = fc.record({
  lan: fc.integer({ min: 0, max: 254 }),
  servers: fc.constantFrom(1, 3, 5),
  agents: fc.integer({ min: 0, max: 4 }),
  /** Nodes have addresses from here on. */
  first: fc.integer({ min: 10, max: 80 }),
  hasDhcp: fc.boolean(),
  pods: fc.integer({ min: 48, max: 100 }),
  cni: fc.constantFrom('vxlan', 'wireguard-native', 'host-gw', 'cilium', 'calico'),
  balancer: fc.constantFrom('none', 'metallb', 'kube-vip'),
  hasIngress: fc.boolean(),
  apps: fc.uniqueArray(fc.constantFrom('blog', 'photos', 'wiki', 'mail', 'music'), { maxLength: 4 }),
  port: fc.integer({ min: 3000, max: 9000 }),
});

export type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

/** A cluster, with what it was drawn from. */
export interface RandomCluster {
  readonly drawn: Drawn;
  readonly spec: ClusterSpec;
}

export const randomCluster: fc.Arbitrary<RandomCluster> = drawn.map((from) => ({ drawn: from, spec: specOf(from) }));

/** An address of the cluster's LAN. */
export function onLan({ lan }: Drawn, host: number): string {
  return `172.20.${lan}.${host}`;
}

export function nodeNames({ servers, agents }: Drawn): string[] {
  const names = (word: string, count: number) => Array.from({ length: count }, (_, i) => `${word}${i + 1}`);
  return [...names('server', servers), ...names('agent', agents)];
}

function specOf(from: Drawn): ClusterSpec {
  const dhcp = from.hasDhcp ? { dhcp: `${onLan(from, 100)}-${onLan(from, 149)}` } : {};
  const nodes = nodeNames(from).map((name, i) => {
    const role = name.startsWith('server') ? ('server' as const) : ('agent' as const);
    return [name, { role, addresses: { lan: onLan(from, from.first + i) } }] as const;
  });
  const pools = { lan: { addresses: `${onLan(from, 200)}-${onLan(from, 219)}`, network: 'lan' } };
  return {
    name: 'random',
    networks: {
      lan: {
        kind: 'lan',
        interface: 'eth0',
        prefix: `172.20.${from.lan}.0/24`,
        gateway: onLan(from, 1),
        ...dhcp,
      },
    },
    nodes: Object.fromEntries(nodes),
    k3s: {
      nodeNetwork: 'lan',
      clusterCidrs: [`10.${from.pods}.0.0/16`],
      serviceCidrs: [`10.${from.pods + 100}.0.0/16`],
      clusterDns: `10.${from.pods + 100}.0.10`,
      ...(from.servers === 1 ? { datastore: 'sqlite' as const } : {}),
    },
    cni: cniOf(from),
    ...(from.balancer === 'metallb' ? { loadBalancers: [{ kind: 'metallb', mode: 'l2', pools }] } : {}),
    ...(from.balancer === 'kube-vip'
      ? {
          api: { endpoint: { vip: onLan(from, 230), network: 'lan' } },
          loadBalancers: [{ kind: 'kube-vip', mode: 'arp', controlPlane: {} }],
        }
      : {}),
    ...(from.hasIngress ? { ingress: [{ kind: 'traefik', mode: 'host-network' }] } : {}),
    apps: Object.fromEntries(
      from.apps.map((name) => {
        const hosts = from.hasIngress ? { hosts: [`${name}.example.com`] } : {};
        return [name, { namespace: name, ports: { http: from.port }, ...hosts }];
      }),
    ),
  };
}

function cniOf({ cni }: Drawn): NonNullable<ClusterSpec['cni']> {
  if (cni === 'cilium') return { kind: 'cilium', hostFirewall: false, kubeProxyReplacement: false };
  if (cni === 'calico') return { kind: 'calico' };
  return { kind: 'flannel', backend: cni };
}

import type { ClusterSpec } from '../lib/spec/cluster';

const counts = { servers: 5, agents: 495, devices: 1500, apps: 500, needs: 20 } as const;

/** An address of the LAN, by number; hosts that end in 0 or 255 are left out. */
function address(number: number): string {
  return [10, 200 + Math.floor(number / 50_000), Math.floor(number / 200) % 250, (number % 200) + 10].join('.');
}

const range = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const named = <T>(word: string, count: number, make: (index: number) => T): Record<string, T> =>
  Object.fromEntries(range(count, (i) => [`${word}${String(i).padStart(4, '0')}`, make(i)]));

/** A cluster of 500 nodes, about 2,000 claims and 10,000 flows, in which nothing is wrong. */
export function largeCluster(): ClusterSpec {
  const node = (role: 'server' | 'agent', first: number) => (i: number) => ({
    role,
    addresses: { lan: address(first + i) },
  });
  const reserved = range(counts.devices, (i) => ({ owner: `device${i}`, addresses: address(1000 + i) }));
  const lan = { kind: 'lan', interface: 'eth0', prefix: [10, 200, 0, 0].join('.') + '/16', reserved } as const;
  const names = Object.keys(named('app', counts.apps, () => 0));
  return {
    name: 'large',
    networks: { lan },
    nodes: {
      ...named('server', counts.servers, node('server', 0)),
      ...named('agent', counts.agents, node('agent', counts.servers)),
    },
    k3s: {
      nodeNetwork: 'lan',
      clusterCidrs: [[10, 64, 0, 0].join('.') + '/12'],
    },
    cni: { kind: 'flannel' },
    ingress: [{ kind: 'traefik', mode: 'host-network' }],
    apps: named('app', counts.apps, (i) => ({
      namespace: `space${i % 50}`,
      ports: { http: 8080 },
      hosts: [`app${i}.example.com`],
      needs: range(counts.needs, (k) => ({
        app: names[(i + k * 7 + 1) % counts.apps] ?? '',
        reason: 'it asks the other',
      })),
    })),
  };
}

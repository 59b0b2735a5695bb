import type { ClusterSpec } from '../../lib/spec/cluster';

/** A small cluster in which everything is right, for tests to break in one place. */
export const small = () =>
  ({
    name: 'small',
    networks: {
      lan: { kind: 'lan', interface: 'eth0', prefix: '192.168.10.0/24', gateway: '192.168.10.1' },
      overlay: { kind: 'wireguard', interface: 'wg0', prefix: '10.9.0.0/24', over: 'lan' },
    },
    nodes: {
      alpha: { role: 'server', addresses: { lan: '192.168.10.11' } },
      beta: { role: 'agent', addresses: { lan: ['192.168.10.12'] } },
    },
    k3s: { nodeNetwork: 'lan' },
    cni: { kind: 'flannel' },
    ingress: [{ kind: 'traefik', mode: 'host-network' }],
    outside: { mail: { names: ['smtp.example.com'] } },
    apps: {
      web: {
        namespace: 'shop',
        ports: { http: 8080 },
        hosts: ['shop.example.com'],
        needs: [
          { app: 'cache', port: 'redis', reason: 'sessions' },
          { outside: 'mail', port: 587, reason: 'order mails' },
        ],
      },
      cache: { namespace: 'shop', ports: { redis: 6379 } },
    },
  }) satisfies ClusterSpec;

type Small = ReturnType<typeof small>;

/** The small cluster with other values at some paths; `undefined` takes a key out. */
export function broken(...changes: readonly (readonly [path: readonly (string | number)[], value: unknown])[]): Small {
  const spec = small();
  for (const [path, value] of changes) {
    const parent = path.slice(0, -1).reduce<Record<string | number, unknown>>((at, step) => {
      at[step] ??= {};
      return at[step] as Record<string | number, unknown>;
    }, spec);
    const key = path.at(-1) ?? '';
    if (value === undefined) Reflect.deleteProperty(parent, key);
    else parent[key] = value;
  }
  return spec;
}

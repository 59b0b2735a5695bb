import honeydue from '../../clusters/honeydue';
import type { ClusterSpec } from '../../lib/spec/cluster';
import nimbus from '../../clusters/nimbus';
import type { Keys } from './keys';

/** A whole cluster on real hosts: every node of it. */
export interface ClusterCase {
  readonly name: string;
  readonly spec: ClusterSpec;
}

/** Five machines: four rented ones, which have IPv6 beside what the spec names, and one at home behind a router. */
const outpost: ClusterSpec = {
  name: 'outpost',
  networks: {
    public: { kind: 'public', interface: 'eth0', addressing: 'static' },
    home: { kind: 'lan', interface: 'eth0', prefix: '192.168.77.0/24', gateway: '192.168.77.1' },
    overlay: {
      kind: 'wireguard',
      interface: 'wg-outpost',
      prefix: '10.10.0.0/16',
      over: 'public',
      port: 51900,
    },
  },
  nodes: {
    n1: { role: 'server', addresses: { public: ['198.51.100.1', '2001:db8:2::1'], overlay: '10.10.0.1' } },
    n2: { role: 'server', addresses: { public: ['198.51.100.2', '2001:db8:2::2'], overlay: '10.10.0.2' } },
    n3: { role: 'server', addresses: { public: '198.51.100.3', overlay: '10.10.0.3' } },
    n4: { role: 'agent', addresses: { public: '198.51.100.4', overlay: '10.10.0.4' } },
    n5: {
      role: 'agent',
      addresses: { home: '192.168.77.5', overlay: '10.10.0.5' },
      wireguard: { overlay: { publicKey: '', behindNat: true } },
    },
  },
  k3s: { nodeNetwork: 'overlay' },
  cni: { kind: 'flannel', backend: 'vxlan' },
  api: { endpoint: { network: 'public' }, allowFrom: [{ addresses: '203.0.113.0/28' }] },
  ingress: [{ kind: 'traefik', mode: 'host-network', network: 'public', allowFrom: ['cloudflare'] }],
  firewall: {
    kind: 'nftables',
    ssh: { from: [{ addresses: '203.0.113.0/28' }, { network: 'home' }, { network: 'overlay' }] },
    allow: [
      { from: ['anywhere'], port: '5000-5010', protocol: 'udp', network: 'public', nodes: 'agents', reason: 'a game' },
    ],
  },
};

/** Both families everywhere: Flannel then has a tunnel for each. */
const dual: ClusterSpec = {
  name: 'dual',
  networks: { public: { kind: 'public', interface: 'eth0', addressing: 'static', trusted: true } },
  nodes: {
    d1: { role: 'server', addresses: { public: ['198.51.100.1', '2001:db8:2::1'] } },
    d2: { role: 'agent', addresses: { public: ['198.51.100.2', '2001:db8:2::2'] } },
  },
  k3s: {
    nodeNetwork: 'public',
    datastore: 'sqlite',
    clusterCidrs: ['10.42.0.0/16', 'fd42::/56'],
    serviceCidrs: ['10.43.0.0/16', 'fd43::/112'],
  },
  cni: { kind: 'flannel', backend: 'vxlan' },
  firewall: { kind: 'nftables' },
};

/** Whose tunnels alone are of interest. */
export const DUAL: ClusterCase = { name: 'dual stack', spec: dual };

export const CASES: readonly ClusterCase[] = [
  { name: 'honeydue', spec: honeydue },
  { name: 'nimbus', spec: nimbus },
  { name: 'made-up', spec: outpost },
];

/** The spec with keys whose private halves are at hand. */
export function withKeys(spec: ClusterSpec, keys: ReadonlyMap<string, Keys>): ClusterSpec {
  const overlays = Object.entries(spec.networks).flatMap(([name, { kind }]) => (kind === 'wireguard' ? [name] : []));
  const nodes = Object.entries(spec.nodes).map(([name, node]) => {
    const publicKey = keys.get(name)?.publicKey ?? '';
    const ends = overlays.flatMap((overlay) =>
      node.addresses?.[overlay] === undefined ? [] : [[overlay, { ...node.wireguard?.[overlay], publicKey }] as const],
    );
    return [name, ends.length === 0 ? node : { ...node, wireguard: Object.fromEntries(ends) }] as const;
  });
  return { ...spec, nodes: Object.fromEntries(nodes) };
}

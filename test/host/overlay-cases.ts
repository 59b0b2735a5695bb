import type { ClusterSpec } from '../../lib/spec/cluster';
import type { Keys } from './keys';

/** An overlay that is brought up on real interfaces. */
export interface Case {
  readonly name: string;
  readonly nodes: readonly string[];
  spec(keys: ReadonlyMap<string, Keys>): ClusterSpec;
}

const NETWORKS = { carrier: 'carrier', overlay: 'overlay' } as const;

interface Shape {
  readonly count: number;
  readonly carrier: { readonly prefix: string; readonly address: (i: number) => string };
  readonly overlay: { readonly prefix: string; readonly address: (i: number) => string };
  readonly topology?: 'mesh' | { readonly hub: string };
  readonly behindNat?: readonly string[];
  readonly presharedKeys?: boolean;
  readonly mtuBytes?: number;
  /** Each node's pods, whose packets travel as they are. Absent: they have a tunnel of their own. */
  readonly pods?: (i: number) => string;
}

function caseOf(name: string, shape: Shape): Case {
  const nodes = Array.from({ length: shape.count }, (_, i) => `n${i + 1}`);
  return {
    name,
    nodes,
    spec: (keys) => ({
      name: 'overlay-test',
      networks: {
        [NETWORKS.carrier]: {
          kind: 'lan',
          interface: 'eth0',
          prefix: shape.carrier.prefix,
          trusted: false,
          mtuBytes: shape.mtuBytes ?? 1500,
        },
        [NETWORKS.overlay]: {
          kind: 'wireguard',
          interface: 'wg-test',
          prefix: shape.overlay.prefix,
          over: NETWORKS.carrier,
          port: 51999,
          topology: shape.topology ?? 'mesh',
          presharedKeys: shape.presharedKeys ?? false,
        },
      },
      nodes: Object.fromEntries(
        nodes.map((node, i) => [
          node,
          {
            role: i === 0 ? 'server' : 'agent',
            ...(shape.pods === undefined ? {} : { observedPodRange: shape.pods(i + 1) }),
            addresses: {
              [NETWORKS.carrier]: shape.carrier.address(i + 1),
              [NETWORKS.overlay]: shape.overlay.address(i + 1),
            },
            wireguard: {
              [NETWORKS.overlay]: {
                publicKey: keys.get(node)?.publicKey ?? '',
                behindNat: shape.behindNat?.includes(node) ?? false,
              },
            },
          },
        ]),
      ),
      k3s: { nodeNetwork: NETWORKS.overlay, datastore: 'sqlite' },
      cni: { kind: 'flannel', backend: shape.pods === undefined ? 'vxlan' : 'host-gw' },
    }),
  };
}

const carrier4 = { prefix: '192.0.2.0/24', address: (i: number) => `192.0.2.${i}` };
const carrier6 = { prefix: '2001:db8:1::/64', address: (i: number) => `2001:db8:1::${i}` };
const overlay4 = { prefix: '10.10.0.0/16', address: (i: number) => `10.10.0.${i}` };
const pods = (i: number) => `10.42.${i}.0/24`;
const overlay6 = { prefix: 'fd00:77::/64', address: (i: number) => `fd00:77::${i}` };

export const CASES: readonly Case[] = [
  caseOf('two nodes', { count: 2, carrier: carrier4, overlay: overlay4 }),
  caseOf('five nodes, one of them behind NAT, on a smaller link', {
    count: 5,
    carrier: carrier4,
    overlay: overlay4,
    behindNat: ['n5'],
    mtuBytes: 1450,
  }),
  caseOf('five nodes over IPv6, with preshared keys', {
    count: 5,
    carrier: carrier6,
    overlay: overlay6,
    presharedKeys: true,
  }),
  caseOf('five nodes through a hub, two of them behind NAT', {
    count: 5,
    carrier: carrier4,
    overlay: overlay4,
    topology: { hub: 'n2' },
    behindNat: ['n4', 'n5'],
  }),
  caseOf('three nodes whose pods have no tunnel of their own', {
    count: 3,
    carrier: carrier4,
    overlay: overlay4,
    pods,
  }),
  caseOf('the same through a hub', {
    count: 3,
    carrier: carrier4,
    overlay: overlay4,
    topology: { hub: 'n2' },
    pods,
  }),
];

import honeydue from '../../clusters/honeydue';
import jigga from '../../clusters/jigga';
import { bind, REGISTRY } from '../../lib/components/registry';
import { Address } from '../../lib/net/address';
import { AddressSet } from '../../lib/net/address-set';
import { PortRange } from '../../lib/net/port';
import { INTERNET, nodes } from '../../lib/plan/endpoint';
import type { Flow } from '../../lib/plan/flow';
import type { HostFile } from '../../lib/plan/host-needs';
import { addressesOf } from '../../lib/plan/nodes';
import { wayOut } from '../../lib/plan/way-out';
import type { Plan } from '../../lib/plan/plan';
import { clusterSchema, type ClusterSpec } from '../../lib/spec/cluster';
import nimbus from '../../clusters/nimbus';
import nimbusSwarm from '../../clusters/nimbus-swarm';
import { planOf } from '../support/plan';
import { CAST } from './cast';

export interface Case {
  readonly name: string;
  readonly spec: ClusterSpec;
  readonly node: string;
  /** Flows that no component of today declares, for what a firewall must hold all the same. */
  readonly more?: readonly Flow[];
}

/** Dual stack, iptables proxy, and every kind of opening there is. */
const madeUp: ClusterSpec = {
  name: 'made-up',
  networks: {
    lan: { kind: 'lan', interface: 'eth0', prefix: '192.168.50.0/24', gateway: '192.168.50.1', addressing: 'dhcp' },
    rented: { kind: 'public', interface: 'eth1', addressing: 'static' },
  },
  nodes: {
    a: { role: 'server', addresses: { lan: ['192.168.50.11', 'fd50::11'], rented: '198.51.100.11' } },
    b: { role: 'server', addresses: { lan: ['192.168.50.12', 'fd50::12'] } },
    c: { role: 'agent', addresses: { lan: ['192.168.50.13', 'fd50::13'], rented: '198.51.100.13' } },
  },
  k3s: {
    nodeNetwork: 'lan',
    clusterCidrs: ['10.42.0.0/16', 'fd42::/56'],
    serviceCidrs: ['10.43.0.0/16', 'fd43::/112'],
  },
  cni: { kind: 'flannel', backend: 'wireguard-native', migrating: true },
  firewall: {
    kind: 'nftables',
    ssh: { port: 2222, from: [{ network: 'lan' }, { addresses: '203.0.113.0/28' }] },
    answerPing: false,
    allow: [
      {
        from: ['anywhere'],
        port: '5000-5010',
        protocol: 'udp',
        network: 'rented',
        reason:
          'a game, with "quotes" and a reason that goes on for longer than a comment of nftables may be, so that it must be cut at a word somewhere',
      },
      {
        from: [{ addresses: '192.168.50.20-192.168.50.29' }, { addresses: 'fd50::/64' }],
        port: 3868,
        protocol: 'sctp',
        reason: 'Diameter',
      },
    ],
  },
};

const more = (flow: Pick<Flow, 'protocol' | 'port' | 'reason'> & Partial<Flow>): Flow => ({
  from: INTERNET,
  to: nodes('all'),
  over: 'rented',
  address: 'public',
  declaredBy: 'the test',
  source: [],
  ...flow,
});

export const PUBLISHED = { dialled: 5353, process: 5053 };

export const CASES: readonly Case[] = [
  { name: 'honeydue', spec: honeydue, node: 'hetzner1' },
  {
    name: 'made-up',
    spec: madeUp,
    node: 'a',
    more: [
      more({ protocol: 'esp', reason: 'IPsec', from: nodes('all') }),
      more({ protocol: 'ipip', reason: 'IP in IP', from: nodes('all') }),
      more({
        protocol: 'tcp',
        port: { container: PortRange.of(8000), service: PortRange.of(80) },
        address: 'vip',
        dialled: AddressSet.of(CAST.virtual),
        reason: 'a balanced address',
      }),
      more({
        protocol: 'udp',
        port: { container: PortRange.of(PUBLISHED.process), host: PortRange.of(PUBLISHED.dialled) },
        reason: 'names, on a port that is translated to the process',
      }),
    ],
  },
  { name: 'nimbus', spec: nimbus, node: 'a' },
  { name: 'nimbus-swarm', spec: nimbusSwarm, node: 'a' },
  // One machine in both lives at once: what Docker publishes, and what K3s translates.
  { name: 'both', spec: { ...nimbus, name: 'both', ingress: [], swarm: nimbusSwarm.swarm }, node: 'a' },
  { name: 'jigga', spec: jigga, node: 'ichigo' },
  {
    name: 'balanced',
    spec: { ...jigga, name: 'balanced', k3s: { ...jigga.k3s, proxy: { mode: 'ipvs' } } },
    node: 'naruto',
  },
  { name: 'routed', spec: { ...madeUp, name: 'routed', cni: { kind: 'flannel', backend: 'host-gw' } }, node: 'b' },
];

export const KINDS = ['nftables', 'ufw'] as const;
export type Kind = (typeof KINDS)[number];

export function planOfCase({ spec, more: extra = [] }: Case, kind: Kind): Plan {
  const plan = planOf({ ...spec, firewall: { ...spec.firewall, kind } });
  return { ...plan, flows: [...plan.flows, ...extra] };
}

/** What the component writes for the node. */
export function firewallFiles(one: Case, kind: Kind, plan: Plan): readonly HostFile[] {
  const spec = clusterSchema.parse({ ...one.spec, firewall: { ...one.spec.firewall, kind } });
  const part = bind(REGISTRY, spec).find(({ name }) => name === 'firewall');
  return part?.host(plan, one.node).files ?? [];
}

/** The network by which a node meets strangers: the cluster's way out if it is on it. */
export function outerNetwork({ spec }: Plan, node: string): string {
  const all = [wayOut(spec), ...Object.keys(spec.networks)];
  const found = all.find((network) => addressesOf(spec, node, network).length > 0);
  if (found === undefined) throw new Error(`${node} has no address`);
  return found;
}

export const nodeAddress4 = (plan: Plan, node: string): Address => {
  const found = addressesOf(plan.spec, node, outerNetwork(plan, node)).find(({ family }) => family === 4);
  if (found === undefined) throw new Error(`${node} has no IPv4 address`);
  return found;
};

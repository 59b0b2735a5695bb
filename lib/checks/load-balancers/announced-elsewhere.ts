import { AddressSet } from '../../net/address-set';
import { announcedNetworks, bearer, routerInterface } from '../../components/kube-vip/place';
import { announcersOf } from '../../plan/announcers';
import { networkOfPeer } from '../../plan/bgp-network';
import { bgpPeers } from '../../plan/bgp-peer';
import type { NetworkName } from '../../plan/claim';
import { interfaceOf, nodeOf, selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { poolsOf, type Pool } from '../../plan/pool';
import type { Cluster } from '../../spec/cluster';
import { printPath, type Finding, type SpecPath } from '../../spec/finding';
import { listed } from '../found';

/** Addresses that are announced by interfaces named for it. */
interface Announced extends Pick<Pool, 'owner' | 'nodes' | 'network' | 'passesOver'> {
  readonly what: string;
  readonly addresses: AddressSet;
  readonly interfaces: NonNullable<Pool['interfaces']>;
  readonly source: SpecPath;
}

/** An interface that is to announce addresses, and by which a node reaches another network than theirs, or none at all. */
export function announcedElsewhere({ spec }: Plan): Finding[] {
  const groups = new Map<string, Misplaced>();
  for (const one of announcedOf(spec)) {
    const nodes = announcersOf(spec, one).filter(
      (node) => !one.interfaces.names.includes(interfaceOf(spec, node, one.network)),
    );
    if (nodes.length === 0) continue;
    const key = `${printPath(one.interfaces.source)} ${one.network}`;
    const known = groups.get(key) ?? { all: [], nodes: [] };
    groups.set(key, { all: [...known.all, one], nodes: [...new Set([...known.nodes, ...nodes])].sort() });
  }
  return [
    ...[...groups.values()].flatMap((group) => finding(spec, group)),
    ...besideItsInterface(spec),
    ...spokenElsewhere(spec),
  ];
}

/** Everything that one word of the spec sends to a wrong interface, and the nodes on which it is wrong. */
interface Misplaced {
  readonly all: readonly Announced[];
  readonly nodes: readonly string[];
}

function announcedOf(spec: Cluster): Announced[] {
  const pools = poolsOf(spec).flatMap(({ name, interfaces, ...pool }) =>
    interfaces === undefined ? [] : [{ ...pool, what: `pool ${name}`, interfaces }],
  );
  return [...pools, ...virtualApi(spec)];
}

/** kube-vip's control plane bears the API's address on the same interface as Services' addresses. */
function virtualApi(spec: Cluster): Announced[] {
  const endpoint = spec.api.endpoint;
  return spec.loadBalancers.flatMap((balancer, i): Announced[] => {
    if (balancer.kind !== 'kube-vip' || balancer.mode !== 'arp' || balancer.controlPlane === undefined) return [];
    if (endpoint === undefined || !('vip' in endpoint)) return [];
    const { vip, network } = endpoint;
    const own = spec.networks[network]?.interface;
    const name = balancer.interface ?? own;
    if (name === undefined) return [];
    const at: SpecPath =
      balancer.interface === undefined ? ['api', 'endpoint', 'network'] : ['loadBalancers', i, 'interface'];
    return [
      {
        what: "the API's virtual address",
        owner: 'kube-vip',
        nodes: 'servers',
        network,
        addresses: AddressSet.of(vip),
        interfaces: { names: [name], source: at },
        source: ['api', 'endpoint', 'vip'],
      },
    ];
  });
}

function finding(spec: Cluster, { all, nodes }: Misplaced): Finding[] {
  const [one] = all;
  if (one === undefined) return [];
  const { owner, network, interfaces } = one;
  const devices = interfaces.names.join(', ');
  const right = [...new Set(nodes.map((node) => interfaceOf(spec, node, network)))].sort().join(' or ');
  const others = [...new Set(nodes.flatMap((node) => reached(spec, node, interfaces.names)))].sort();
  const whats = all.map(({ what, addresses }) => `${what} (${addresses})`).join(' and ');
  const reach = `${nodes.join(', ')} ${nodes.length === 1 ? 'reaches' : 'reach'}`;
  return [
    {
      code: others.length === 0 ? 'SPEC_UNKNOWN_NAME' : 'ADDRESS_OUTSIDE_NETWORK',
      severity: 'error',
      at: [interfaces.source, ...all.map(({ source }) => source)],
      message:
        `${owner} is to announce ${whats} on ${devices}, by which ${reach} ` +
        (others.length === 0 ? 'no network' : `${others.join(' and ')}; the addresses lie in ${network}`),
      fix: right,
    },
  ];
}

/** The networks that a node reaches by one of these interfaces. */
function reached(spec: Cluster, node: string, interfaces: readonly string[]): NetworkName[] {
  return Object.keys(nodeOf(spec, node).addresses).filter((network) =>
    interfaces.includes(interfaceOf(spec, node, network)),
  );
}

/** By ARP kube-vip answers for Services on one interface. Unless told, it takes that of the first of their networks. */
function besideItsInterface(spec: Cluster): Finding[] {
  return spec.loadBalancers.flatMap((balancer): Finding[] => {
    if (balancer.kind !== 'kube-vip' || balancer.mode !== 'arp' || balancer.services === undefined) return [];
    const [first = spec.k3s.nodeNetwork] = announcedNetworks(spec);
    const device = bearer(balancer, spec, first);
    const others = poolsOf(spec).filter(({ network }) => bearer(balancer, spec, network) !== device);
    if (others.length === 0) return [];
    const whats = others.map(({ name, addresses, network }) => `pool ${name} (${addresses}) lies in ${network}`);
    return [
      {
        code: 'ADDRESS_OUTSIDE_NETWORK',
        severity: 'error',
        at: others.map(({ source }) => source),
        message: `kube-vip answers for all Services on one interface, here on ${device} of ${first}, and ${listed(whats)}`,
        fix: 'pools whose networks have one interface; or metallb, which answers for each on its own',
      },
    ];
  });
}

/** By BGP kube-vip bears addresses on loopback, and takes its own from an interface that every one of its nodes must have. */
function spokenElsewhere(spec: Cluster): Finding[] {
  return spec.loadBalancers.flatMap((balancer, i): Finding[] => {
    const [peer] = bgpPeers(spec).filter(({ owner }) => owner === 'kube-vip');
    if (balancer.kind !== 'kube-vip' || peer === undefined) return [];
    const device = routerInterface(balancer, spec);
    const nodes = selectNodes(spec, peer.nodes).filter((node) => reached(spec, node, [device]).length === 0);
    if (nodes.length === 0) return [];
    const network = networkOfPeer(spec, peer.address);
    return [
      {
        code: 'SPEC_UNKNOWN_NAME',
        severity: 'error',
        at: [balancer.interface === undefined ? peer.source : ['loadBalancers', i, 'interface']],
        message: `kube-vip is to speak to its routers by ${device}, by which ${nodes.join(', ')} ${nodes.length === 1 ? 'reaches' : 'reach'} no network`,
        fix: [...new Set(nodes.map((node) => interfaceOf(spec, node, network)))].sort().join(' or '),
      },
    ];
  });
}

import type { Address } from '../net/address';
import type { AddressSet } from '../net/address-set';
import type { PortRange } from '../net/port';
import type { Cluster } from '../spec/cluster';
import type { NodeSelector, Source } from '../spec/fields';
import type { SpecPath } from '../spec/finding';
import type { Claim, NetworkName } from './claim';
import type { WorkloadName } from './endpoint';
import { namespaceOf } from './namespaced';
import { oncePer } from './once';

/** A Service that wants an address of its own from whoever allocates them. */
export interface LoadBalancerService {
  readonly owner: string;
  /** `namespace/name`. */
  readonly name: string;
  readonly workload: WorkloadName;
  readonly ports: readonly {
    readonly name: string;
    readonly protocol: 'tcp' | 'udp' | 'sctp';
    /** What clients dial. */
    readonly service: PortRange;
    /** What the pods bind. */
    readonly container: PortRange;
    /** What protects it on the wire by itself, such as TLS. Absent: nothing. */
    readonly encryptedBy?: string;
  }[];
  /** Pinned addresses. Absent: any of the pool. */
  readonly addresses?: AddressSet;
  /** Name of the pool. Absent: the cluster's only one. */
  readonly pool?: string;
  /** `Local`: answers only where a pod runs, and keeps the client's address. */
  readonly externalTrafficPolicy: 'Cluster' | 'Local';
  /** Who may call it, and where the spec says so. */
  readonly allowFrom: readonly Source[];
  readonly callersAt: SpecPath;
  readonly source: SpecPath;
}

/** Addresses from which LoadBalancer Services get theirs. */
export interface Pool {
  readonly name: string;
  /** The component that allocates them. */
  readonly owner: string;
  readonly addresses: AddressSet;
  readonly network: NetworkName;
  /** Nodes that may announce it. */
  readonly nodes: NodeSelector;
  /** Interfaces it is announced on. Absent: whichever reaches its network. */
  readonly interfaces?: { readonly names: readonly string[]; readonly source: SpecPath };
  /** Routers that are told of it by BGP, so that whoever announces it need have no address on its network. Absent: none. */
  readonly routers?: readonly Address[];
  readonly source: SpecPath;
}

/** The component behind a kind of load balancer: Cilium's is not the CNI of the same kind. */
export function loadBalancerName(kind: Cluster['loadBalancers'][number]['kind']): string {
  return kind === 'cilium' ? 'cilium-lb' : kind;
}

/** Every pool of the spec, whoever allocates it. ServiceLB has none: it gives out the nodes' own addresses. */
export const poolsOf = oncePer((spec: Cluster): readonly Pool[] =>
  spec.loadBalancers.flatMap((balancer, i) => {
    if (!('pools' in balancer)) return [];
    const at = ['loadBalancers', i];
    return Object.entries(balancer.pools).map(([name, { addresses, network }]) => ({
      name,
      owner: loadBalancerName(balancer.kind),
      addresses,
      network,
      nodes: 'all' as const,
      ...announced(spec, balancer, name, at),
      source: [...at, 'pools', name, 'addresses'],
    }));
  }),
);

/** Where a pool is announced: MetalLB says so of each pool, the others of all of theirs. */
function announced(
  spec: Cluster,
  balancer: Cluster['loadBalancers'][number],
  name: string,
  at: SpecPath,
): Partial<Pick<Pool, 'nodes' | 'interfaces' | 'routers'>> {
  switch (balancer.kind) {
    case 'metallb': {
      const pool = balancer.pools[name];
      if (pool === undefined) return {};
      if (balancer.mode === 'bgp') return { nodes: pool.nodes, routers: addressesOf(balancer.peers) };
      const named = pool.interfaces;
      const source = [...at, 'pools', name, 'interfaces'];
      return { nodes: pool.nodes, ...(named === undefined ? {} : { interfaces: { names: named, source } }) };
    }
    case 'cilium': {
      const named = balancer.interfaces;
      const source = [...at, 'interfaces'];
      return { nodes: balancer.nodes, ...(named === undefined ? {} : { interfaces: { names: named, source } }) };
    }
    case 'kube-vip': {
      const routers = routersOf(balancer);
      if (routers !== undefined) return { routers };
      // One name for all nodes: kube-vip reads it from its environment.
      const network = balancer.pools[name]?.network ?? '';
      const own = balancer.interface ?? spec.networks[network]?.interface;
      const source = [...at, ...(balancer.interface === undefined ? ['pools', name, 'network'] : ['interface'])];
      return own === undefined ? {} : { interfaces: { names: [own], source } };
    }
    default:
      return {};
  }
}

/** The routers that kube-vip tells by BGP. Undefined: it answers on the link. */
export function routersOf({ mode, bgp }: Pick<KubeVip, 'mode' | 'bgp'>): Address[] | undefined {
  return mode === 'bgp' ? addressesOf(bgp?.peers ?? {}) : undefined;
}

type KubeVip = Extract<Cluster['loadBalancers'][number], { kind: 'kube-vip' }>;

function addressesOf(peers: Readonly<Record<string, { readonly address: Address }>>): Address[] {
  return Object.values(peers).map(({ address }) => address);
}

/** An allocator's pools, which lie in their networks. */
export function poolClaims(spec: Cluster, owner: string): Claim[] {
  return poolsOf(spec)
    .filter((pool) => pool.owner === owner)
    .map(({ name, addresses, network, source }) => ({
      owner,
      purpose: `load balancer addresses, pool ${name}`,
      network,
      addresses,
      source,
      ...(spec.networks[network]?.kind === 'public' ? {} : { within: ['networks', network, 'prefix'] }),
    }));
}

/** What of a Service decides about its pool. */
type Wants = Pick<LoadBalancerService, 'name' | 'pool'>;

/** The pool a Service's address comes from; undefined where the nodes' own addresses serve, or where none is named among several. */
export function poolOf(spec: Cluster, { name, pool }: Wants): Pool | undefined {
  const pools = poolsOf(spec);
  if (pool !== undefined) return pools.find((one) => one.name === pool);
  if (pools.length < 2) return pools[0];
  // kube-vip's cloud provider has a pool for each namespace that wants one, and `global` for all others.
  const own = pools.filter(({ owner }) => owner === 'kube-vip');
  return own.find((one) => one.name === namespaceOf(name)) ?? own.find((one) => one.name === 'global');
}

/** The addresses under which clients may find a Service: its pinned ones, or any of its pool. */
export function virtualAddresses(
  spec: Cluster,
  service: Wants & Pick<LoadBalancerService, 'addresses'>,
): AddressSet | undefined {
  return service.addresses ?? poolOf(spec, service)?.addresses;
}

/** A Service's pinned addresses, which lie in its pool. */
export function pinnedClaim(spec: Cluster, service: Omit<LoadBalancerService, 'owner'>): Claim[] {
  const pool = poolOf(spec, service);
  if (service.addresses === undefined || pool === undefined) return [];
  return [
    {
      owner: service.name,
      purpose: 'load balancer address',
      network: pool.network,
      addresses: service.addresses,
      source: [...service.source, 'addresses'],
      within: pool.source,
    },
  ];
}

/** How a Service tells its allocator what it wants: each of them reads annotations of its own. */
export function pinAnnotations(
  spec: Cluster,
  service: Wants & Pick<LoadBalancerService, 'addresses'>,
): Record<string, string> {
  const pool = poolOf(spec, service);
  const addresses = service.addresses && eachAddress(service.addresses).join(',');
  switch (pool?.owner) {
    case 'metallb':
      // Source: MetalLB docs, usage. An address pins the pool too.
      if (addresses !== undefined) return { 'metallb.io/loadBalancerIPs': addresses };
      return service.pool === undefined ? {} : { 'metallb.io/address-pool': service.pool };
    case 'kube-vip':
      // Source: kube-vip docs, Kubernetes services; read by its cloud provider.
      return addresses === undefined ? {} : { 'kube-vip.io/loadbalancerIPs': addresses };
    case 'cilium-lb':
      // Source: Cilium docs, LoadBalancer IP address management.
      return addresses === undefined ? {} : { 'lbipam.cilium.io/ips': addresses };
    default:
      return {};
  }
}

function eachAddress(set: AddressSet): string[] {
  return set
    .ranges()
    .flatMap(({ first, size }) => Array.from({ length: Number(size) }, (_, i) => String(first.plus(i))));
}

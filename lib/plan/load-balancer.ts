import type { AddressSet } from '../net/address-set';
import type { PortRange } from '../net/port';
import type { Cluster } from '../spec/cluster';
import type { SpecPath } from '../spec/finding';
import type { Claim, NetworkName } from './claim';
import type { WorkloadName } from './endpoint';

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
  }[];
  /** Pinned addresses. Absent: any of the pool. */
  readonly addresses?: AddressSet;
  /** Name of the pool. Absent: the cluster's only one. */
  readonly pool?: string;
  /** `Local`: answers only where a pod runs, and keeps the client's address. */
  readonly externalTrafficPolicy: 'Cluster' | 'Local';
  readonly source: SpecPath;
}

/** Addresses from which LoadBalancer Services get theirs. */
export interface Pool {
  readonly name: string;
  /** The component that allocates them. */
  readonly owner: string;
  readonly addresses: AddressSet;
  readonly network: NetworkName;
  readonly source: SpecPath;
}

/** Every pool of the spec, whoever allocates it. ServiceLB has none: it gives out the nodes' own addresses. */
export function poolsOf(spec: Cluster): Pool[] {
  return spec.loadBalancers.flatMap((balancer, i) => {
    if (!('pools' in balancer)) return [];
    return Object.entries(balancer.pools).map(([name, { addresses, network }]) => ({
      name,
      owner: balancer.kind,
      addresses,
      network,
      source: ['loadBalancers', i, 'pools', name, 'addresses'],
    }));
  });
}

/** The pool a Service's address comes from; undefined where the nodes' own addresses serve, or where none is named among several. */
export function poolOf(spec: Cluster, service: Pick<LoadBalancerService, 'pool'>): Pool | undefined {
  const pools = poolsOf(spec);
  return service.pool === undefined
    ? pools.length === 1
      ? pools[0]
      : undefined
    : pools.find(({ name }) => name === service.pool);
}

/** The addresses under which clients may find a Service: its pinned ones, or any of its pool. */
export function virtualAddresses(
  spec: Cluster,
  service: Pick<LoadBalancerService, 'pool' | 'addresses'>,
): AddressSet | undefined {
  return service.addresses ?? poolOf(spec, service)?.addresses;
}

/** A Service's pinned addresses, which lie in its pool. */
export function pinnedClaim(spec: Cluster, service: LoadBalancerService): Claim[] {
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
  service: Pick<LoadBalancerService, 'pool' | 'addresses'>,
): Record<string, string> {
  const pool = poolOf(spec, service);
  const addresses = service.addresses
    ?.ranges()
    .map(({ first }) => String(first))
    .join(',');
  switch (pool?.owner) {
    case 'metallb':
      // Source: MetalLB docs, usage. An address pins the pool too.
      if (addresses !== undefined) return { 'metallb.io/loadBalancerIPs': addresses };
      return service.pool === undefined ? {} : { 'metallb.io/address-pool': service.pool };
    case 'kube-vip':
      // Source: kube-vip docs, Kubernetes services; read by its cloud provider.
      return addresses === undefined ? {} : { 'kube-vip.io/loadbalancerIPs': addresses };
    case 'cilium':
      // Source: Cilium docs, LoadBalancer IP address management.
      return addresses === undefined ? {} : { 'lbipam.cilium.io/ips': addresses };
    default:
      return {};
  }
}

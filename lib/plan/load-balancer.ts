import type { AddressSet } from '../net/address-set';
import type { PortRange } from '../net/port';
import type { Cluster } from '../spec/cluster';
import type { Source } from '../spec/fields';
import type { SpecPath } from '../spec/finding';
import type { Claim } from './claim';
import type { WorkloadName } from './endpoint';
import { namespaceOf } from './namespaced';
import { FOR_ALL, poolsOf, type Pool } from './pool';

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
  /** Name of the pool. Absent: the one that holds these addresses, or the cluster's only one. */
  readonly pool?: string;
  /** `Local`: answers only where a pod runs, and keeps the client's address. */
  readonly externalTrafficPolicy: 'Cluster' | 'Local';
  /** Who may call it, and where the spec says so. */
  readonly allowFrom: readonly Source[];
  readonly callersAt: SpecPath;
  readonly source: SpecPath;
}

/** What of a Service decides about its pool. */
type Wants = Pick<LoadBalancerService, 'name' | 'pool' | 'addresses'>;

/**
 * The pool a Service's address comes from; undefined where the nodes' own addresses serve, or where it asks for none among
 * several.
 */
export function poolOf(spec: Cluster, { name, pool, addresses }: Wants): Pool | undefined {
  const pools = poolsOf(spec);
  if (pool !== undefined) return pools.find((one) => one.name === pool);
  if (pools.length < 2) return pools[0];
  const own = pools.filter(({ byNamespace }) => byNamespace === true);
  const ofNamespace = own.find((one) => one.name === namespaceOf(name)) ?? own.find((one) => one.name === FOR_ALL);
  if (addresses === undefined) return ofNamespace;
  // An address of no pool is held against one, so that it is found to lie outside.
  return pools.find((one) => one.addresses.contains(addresses)) ?? ofNamespace ?? pools[0];
}

/** The addresses under which clients may find a Service: its pinned ones, or any of its pool. */
export function virtualAddresses(spec: Cluster, service: Wants): AddressSet | undefined {
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
export function pinAnnotations(spec: Cluster, service: Wants): Record<string, string> {
  const annotations = poolOf(spec, service)?.annotations;
  if (annotations === undefined) return {};
  if (service.addresses !== undefined) return { [annotations.addresses]: eachAddress(service.addresses).join(',') };
  const { pool } = service;
  return pool === undefined || annotations.pool === undefined ? {} : { [annotations.pool]: pool };
}

function eachAddress(set: AddressSet): string[] {
  return set
    .ranges()
    .flatMap(({ first, size }) => Array.from({ length: Number(size) }, (_, i) => String(first.plus(i))));
}

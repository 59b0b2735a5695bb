import { AddressSet } from '../net/address-set';
import { PortRange } from '../net/port';
import { LOOPBACK } from '../net/well-known';
import type { Cluster } from '../spec/cluster';
import type { Source } from '../spec/fields';
import { PODS } from './claim';
import { callersByWayOut } from './client-network';
import { podAddresses } from './cluster-ranges';
import type { WorkloadName } from './endpoint';
import type { Flow } from './flow';
import { poolOf, virtualAddresses, type LoadBalancerService } from './load-balancer';
import { addressKind } from './network-kind';
import { nodeAddresses } from './nodes';
import { sourceEndpoint } from './source-endpoint';
import { tailnetRouters } from './tunnel';
import { waysToPool } from './ways-to-pool';

type Service = Omit<LoadBalancerService, 'owner'>;
type Servicelb = Extract<Cluster['loadBalancers'][number], { kind: 'servicelb' }>;

/** K3s's own load balancer, where it serves the cluster: it gives out the nodes' own addresses. */
export function servicelbOf(spec: Cluster): Servicelb | undefined {
  return spec.loadBalancers.find((balancer): balancer is Servicelb => balancer.kind === 'servicelb');
}

/** ServiceLB's pods for a Service. K3s adds a part of the Service's UID to their name, which nobody knows beforehand. */
export function svclbOf({ name }: Pick<LoadBalancerService, 'name'>): WorkloadName {
  return `kube-system/svclb-${name.replace('/', '-')}`;
}

/** The part of a Service of type LoadBalancer that follows from who may call it and from who balances. */
export type BalancedSpec = {
  readonly externalTrafficPolicy: 'Cluster' | 'Local';
  readonly loadBalancerSourceRanges?: string[];
  readonly allocateLoadBalancerNodePorts?: false;
};

export function balancedSpec(spec: Cluster, service: Service): BalancedSpec {
  const ranges = sourceRanges(spec, service);
  return {
    externalTrafficPolicy: service.externalTrafficPolicy,
    ...(ranges === undefined ? {} : { loadBalancerSourceRanges: ranges }),
    ...(needsNodePorts(spec, service) ? {} : { allocateLoadBalancerNodePorts: false }),
  };
}

/**
 * A Service's address is routed without node ports by kube-proxy and by Cilium (Kubernetes KEP-1864, cilium#14465), so that
 * whoever gives out the address decides. ServiceLB, which has no pools, reads them for `externalTrafficPolicy: Local`
 * (k3s pkg/cloudprovider/servicelb.go).
 */
function needsNodePorts(spec: Cluster, service: Service): boolean {
  return poolOf(spec, service)?.needsNodePorts ?? true;
}

/** Prefixes that may call a Service, as its balancer sees callers; undefined where anyone may, or names are all that is known. */
function sourceRanges(spec: Cluster, service: Service): string[] | undefined {
  const sets = service.allowFrom.flatMap((source) => callerAddresses(spec, service, source));
  if (sets.some((set) => set === undefined)) return undefined;
  const callers = AddressSet.of(...sets.flatMap((set) => set ?? []));
  // An empty list would let everyone in.
  return (callers.isEmpty ? LOOPBACK : callers).prefixes().map(String);
}

function callerAddresses(spec: Cluster, service: Service, source: Source): (AddressSet | undefined)[] {
  if (isRouted(spec, source)) return [podAddresses(spec)];
  return arrivals(spec, service, source).map(({ from, over }) => {
    if (from.kind === 'range') return ofFamilies(from.addresses, service.addresses);
    return from.kind === 'nodes' ? nodeAddresses(spec, from.select, over) : undefined;
  });
}

/** Callers of another family than the address can never be. */
function ofFamilies(callers: AddressSet, dialled: AddressSet | undefined): AddressSet {
  if (dialled === undefined) return callers;
  return AddressSet.of(...dialled.families().map((family) => callers.family(family)));
}

/**
 * Who calls a Service's address. Devices of a tailnet that no node is on come through the cluster's subnet router, a pod
 * that puts its own address in the place of theirs.
 */
export function callerFlows(spec: Cluster, service: Service): Omit<Flow, 'declaredBy'>[] {
  return service.allowFrom.flatMap((source, i) =>
    arrivals(spec, service, source).flatMap(({ from, ...way }) =>
      service.ports.map(({ name, protocol, service: port, container, encryptedBy }) => ({
        from,
        to: { kind: 'workload' as const, workload: service.workload },
        protocol,
        port: { container, service: port, ...(way.address === 'vip' ? {} : { host: port }) },
        ...way,
        ...(encryptedBy === undefined ? {} : { encryptedBy }),
        ...(servicelbOf(spec) === undefined ? {} : { via: svclbOf(service) }),
        reason: `callers of ${service.name}, port ${name}`,
        source: [...service.callersAt, i],
      })),
    ),
  );
}

type Arrival = Pick<Flow, 'from' | 'over' | 'address' | 'dialled'>;

function arrivals(spec: Cluster, service: Service, source: Source): Arrival[] {
  const routed = isRouted(spec, source);
  const own = servicelbOf(spec);
  if (own !== undefined)
    return callersByWayOut(spec, source, own.nodes).map(({ from, over }) => ({
      from,
      over: routed ? PODS : over,
      address: addressKind(spec, over),
      dialled: nodeAddresses(spec, own.nodes, over),
    }));
  const dialled = virtualAddresses(spec, service);
  const from = sourceEndpoint(spec, source);
  return waysToPool(spec, poolOf(spec, service), source).map((over) => ({
    from,
    over: routed ? PODS : over,
    address: 'vip',
    ...(dialled ? { dialled } : {}),
  }));
}

/** Whether callers come in by a tailnet's subnet routers, and under their addresses. */
function isRouted(spec: Cluster, source: Source): boolean {
  return source.kind === 'network' && tailnetRouters(spec, source.network) !== undefined;
}

/** A port as a balanced Service and its pods know it. */
export function balancedPort(
  name: string,
  numbers: { readonly service: number; readonly container: number },
  more: { readonly protocol?: 'tcp' | 'udp' | 'sctp'; readonly tls?: boolean } = {},
): LoadBalancerService['ports'][number] {
  return {
    name,
    protocol: more.protocol ?? 'tcp',
    service: PortRange.of(numbers.service),
    container: PortRange.of(numbers.container),
    ...(more.tls === true ? { encryptedBy: 'TLS' } : {}),
  };
}

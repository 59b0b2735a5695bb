import { AddressSet } from '../net/address-set';
import { NOT_ROUTED } from '../net/well-known';
import type { Cluster } from '../spec/cluster';
import type { NetworkName } from './claim';
import { isOutside, type Endpoint, type WorkloadName } from './endpoint';
import type { Flow } from './flow';
import { flowsTo } from './flows-to';
import { nodeAddresses } from './nodes';
import { oncePer, oncePerName } from './once';
import type { Plan } from './plan';
import type { ServedHost } from './served-host';
import { prefixOf } from './source-endpoint';
import { cloudflaredOf, cloudflareTunnels } from './tunnel';
import { APPS, type Workload } from './workload';
import { isProxied } from './zone';

/** A host name, and the way from outside to the pods behind it. */
export interface Entrance extends ServedHost {
  /** The pods that let its requests in, and their call to those behind. Absent: nothing in the plan does. */
  readonly front?: Workload;
  readonly inner?: Flow;
  /** Flows by which outsiders reach that front; for a tunnel those by which it reaches its edge, as nobody calls it. */
  readonly ways: readonly Flow[];
}

type Known = Pick<Plan, 'spec' | 'hosts' | 'flows' | 'workloads'>;

/** Every host name of the cluster, in the order in which they are declared. */
export const entrances = oncePer((plan: Known): readonly Entrance[] =>
  plan.hosts.map((host): Entrance => {
    const inner = 'tunnel' in host.by ? callOfTunnel(plan, host, host.by.tunnel) : callOfFront(plan, host);
    const front = inner?.from.kind === 'workload' ? plan.workloads.get(inner.from.workload) : undefined;
    if (inner === undefined || front === undefined) return { ...host, ways: [] };
    const ways = 'tunnel' in host.by ? callsOf(plan, front.name) : waysTo(plan, front.name);
    return { ...host, inner, front, ways };
  }),
);

function callOfTunnel(plan: Known, host: ServedHost, name: string): Flow | undefined {
  const tunnel = cloudflareTunnels(plan.spec).find((one) => one.name === name);
  if (tunnel === undefined) return undefined;
  return callsTo(plan, host).find(({ from }) => from.kind === 'workload' && from.workload === cloudflaredOf(tunnel));
}

/** The call of a workload that outsiders reach, and that is none of the spec's apps. */
function callOfFront(plan: Known, host: ServedHost): Flow | undefined {
  return callsTo(plan, host).find(
    ({ from }) =>
      from.kind === 'workload' &&
      plan.workloads.get(from.workload)?.owner !== APPS &&
      waysTo(plan, from.workload).length > 0,
  );
}

function callsTo(plan: Known, { workload, port }: ServedHost): Flow[] {
  return flowsTo(plan, workload).filter(({ port: ports }) => ports?.container.contains(port.container) === true);
}

/** Flows by which outsiders reach pods. */
export function waysTo({ flows }: Pick<Plan, 'flows'>, front: WorkloadName): readonly Flow[] {
  return fromOutside(flows, front);
}

const fromOutside = oncePerName((flows: readonly Flow[], front) =>
  flowsTo({ flows }, front).filter(({ from }) => isOutside(from)),
);

function callsOf(plan: Known, front: WorkloadName): Flow[] {
  return plan.flows.filter(({ from, to }) => from.kind === 'workload' && from.workload === front && isOutside(to));
}

/**
 * The ways of those whom a public name leads to an ingress. It is one for all, so it leads where strangers find the ingress;
 * neighbours, on a network of the nodes or at private addresses behind its router, may be told of the addresses there, and
 * the name leads to those only if nobody else may call.
 */
export function namedWays(spec: Cluster, ways: readonly Flow[]): readonly Flow[] {
  const routed = ways.filter(({ from, over }) => !isMember(spec, from, over));
  const strangers = routed.filter(({ from }) => from.kind !== 'range' || !NOT_ROUTED.contains(from.addresses));
  return [strangers, routed].find((some) => some.length > 0) ?? ways;
}

/**
 * The addresses to which the name of an ingress leads: its own virtual ones, or those of the nodes whose ports it has. A
 * tunnel has none.
 */
export function frontAddresses({ spec }: Pick<Plan, 'spec'>, { front, ways, by }: Entrance): AddressSet {
  return front === undefined || 'tunnel' in by ? AddressSet.empty : dialledBy(ways, front.name, front, spec);
}

/** Many hosts have one front, whose ways are one list. */
const dialledBy = oncePerName((ways: readonly Flow[], _front, front: Workload, spec: Cluster): AddressSet => {
  return AddressSet.of(
    ...namedWays(spec, ways).map(
      (way) => way.dialled ?? (atNodes(way) ? nodeAddresses(spec, front.nodes, way.over) : AddressSet.empty),
    ),
  );
});

function isMember(spec: Cluster, from: Endpoint, network: NetworkName): boolean {
  return from.kind === 'range' && prefixOf(spec, network)?.contains(from.addresses) === true;
}

/** Whether a node's own port is dialled. */
function atNodes({ port, address }: Flow): boolean {
  return port?.host !== undefined && address !== 'vip' && address !== 'pod' && address !== 'service';
}

/** Whether clients of a host meet a proxy and not the cluster. A tunnel's names exist at the proxy alone. */
export function meetsProxy(plan: Pick<Plan, 'spec'>, { by, host }: Pick<Entrance, 'by' | 'host'>): boolean {
  return 'tunnel' in by || isProxied(plan.spec, host);
}

import { AddressSet } from '../net/address-set';
import { isOutside, type WorkloadName } from './endpoint';
import type { Flow } from './flow';
import { nodeAddresses } from './nodes';
import { oncePer } from './once';
import type { Plan } from './plan';
import type { ServedHost } from './served-host';
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
export function waysTo(plan: Known, front: WorkloadName): Flow[] {
  return flowsTo(plan, front).filter(({ from }) => isOutside(from));
}

function flowsTo({ flows }: Known, name: WorkloadName): readonly Flow[] {
  return byTarget(flows).get(name) ?? [];
}

const byTarget = oncePer((flows: readonly Flow[]): ReadonlyMap<WorkloadName, readonly Flow[]> => {
  const byName = new Map<WorkloadName, Flow[]>();
  for (const flow of flows) {
    if (flow.to.kind !== 'workload') continue;
    const same = byName.get(flow.to.workload);
    if (same === undefined) byName.set(flow.to.workload, [flow]);
    else same.push(flow);
  }
  return byName;
});

function callsOf(plan: Known, front: WorkloadName): Flow[] {
  return plan.flows.filter(({ from, to }) => from.kind === 'workload' && from.workload === front && isOutside(to));
}

/** The addresses that clients of an ingress dial: its own virtual ones, or those of the nodes it runs on. A tunnel has none. */
export function frontAddresses({ spec }: Pick<Plan, 'spec'>, { front, ways, by }: Entrance): AddressSet {
  if (front === undefined || 'tunnel' in by) return AddressSet.empty;
  return ways.reduce(
    (all, way) =>
      all.union(way.dialled ?? (front.hostNetwork ? nodeAddresses(spec, front.nodes, way.over) : AddressSet.empty)),
    AddressSet.empty,
  );
}

/** Whether clients of a host meet a proxy and not the cluster. A tunnel's names exist at the proxy alone. */
export function meetsProxy(plan: Pick<Plan, 'spec'>, { by, host }: Pick<Entrance, 'by' | 'host'>): boolean {
  return 'tunnel' in by || isProxied(plan.spec, host);
}

import type { PortRange } from '../net/port';
import type { WorkloadName } from './endpoint';
import { firstEnd, firstPort, type Flow, type HttpRequest, type Protocol } from './flow';
import { isPod } from './flow-end';
import { oncePer } from './once';
import type { Plan } from './plan';
import { calledSeen, callersSeen, concernsPods, type PodPeer } from './seen-by-pods';

/** One flow as it concerns the pods of one end: who is at the other, and at which port. */
export interface PodRule {
  readonly peer: PodPeer;
  readonly protocol: Protocol;
  /** The called end's own port, with Services and virtual addresses resolved. Absent: all. */
  readonly port?: PortRange;
  readonly http?: readonly HttpRequest[];
  readonly flow: Flow;
}

/** Everything that some pods are let do, whichever engine is to be told. */
export interface PodRules {
  readonly ingress: readonly PodRule[];
  readonly egress: readonly PodRule[];
}

export interface AllPodRules {
  readonly workloads: ReadonlyMap<WorkloadName, PodRules>;
  /** Of flows that speak of every pod, or of every pod of a namespace: by namespace. */
  readonly namespaces: ReadonlyMap<string, PodRules>;
}

/** Namespaces with pods that a policy can be for: those of workloads, and those whose pods flows speak of. */
export const podNamespaces = oncePer(({ workloads, flows }: Plan): readonly string[] => {
  const known = [...workloads.values()].flatMap(({ hostNetwork, namespace }) => (hostNetwork ? [] : [namespace]));
  const named = flows
    .flatMap(({ from, to }) => [from, to])
    .flatMap((end) => (end.kind === 'pods' && end.namespace !== undefined ? [end.namespace] : []));
  return [...new Set([...known, ...named])].sort();
});

/** The plan's flows as each pod's own policies must speak of them. */
export const podRules = oncePer((plan: Plan): AllPodRules => {
  const workloads = new Map<WorkloadName, { ingress: PodRule[]; egress: PodRule[] }>();
  const namespaces = new Map<string, { ingress: PodRule[]; egress: PodRule[] }>();
  for (const { name, hostNetwork } of plan.workloads.values())
    if (!hostNetwork) workloads.set(name, { ingress: [], egress: [] });
  for (const name of podNamespaces(plan)) namespaces.set(name, { ingress: [], egress: [] });
  const own = (end: Flow['from']) => {
    if (end.kind === 'workload') return [workloads.get(end.workload)];
    if (end.kind !== 'pods') return [];
    return end.namespace === undefined ? [...namespaces.values()] : [namespaces.get(end.namespace)];
  };
  for (const flow of plan.flows) {
    if (!concernsPods(flow, plan)) continue;
    const { protocol, http } = flow;
    const common = { protocol, flow, ...(http === undefined ? {} : { http }) };
    const landing = firstEnd(flow);
    if (isPod(landing, plan)) {
      const reached = firstPort(flow);
      const port = reached === undefined ? {} : { port: reached };
      for (const peer of callersSeen(flow, plan))
        for (const rules of own(landing)) rules?.ingress.push({ peer, ...port, ...common });
    }
    if (isPod(flow.from, plan)) {
      const port = flow.port === undefined ? {} : { port: bound(flow, plan) ?? flow.port.container };
      for (const peer of calledSeen(flow, plan))
        for (const rules of own(flow.from)) rules?.egress.push({ peer, ...port, ...common });
    }
  }
  return { workloads, namespaces };
});

/** At a node it is the node's own port that is called. */
function bound({ to, port }: Flow, plan: Plan): PortRange | undefined {
  return isPod(to, plan) ? port?.container : (port?.host ?? port?.container);
}

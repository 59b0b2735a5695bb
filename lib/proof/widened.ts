import type { AddressSet } from '../net/address-set';
import { beyondCluster } from '../plan/beyond-cluster';
import type { Endpoint } from '../plan/endpoint';
import type { Flow } from '../plan/flow';
import { selectNodes } from '../plan/nodes';
import type { Plan } from '../plan/plan';
import { podsPassForNodes } from '../plan/seen-by-pods';
import type { Engine } from '../reach/engine';
import type { PodFlow } from './pod-flow';

/** A flow that an engine cannot let through without letting more through. */
export interface Widening {
  readonly flow: Flow;
  /** What it lets through instead, in words. */
  readonly superset: string;
  /** The same as addresses, where the engine knows nothing else. */
  readonly addresses?: AddressSet;
  /** Why it cannot be said more narrowly. */
  readonly why: string;
}

/** What policies let through beyond the flows because their engine knows no better. */
export function widenings(plan: Plan, flows: readonly PodFlow[], engine: Engine): Widening[] {
  return flows.flatMap((one) => [
    ...widenedName(plan, one, engine),
    ...widenedRequests(one, engine),
    ...widenedNodes(plan, one, engine),
    ...hiddenCallers(plan, one),
  ]);
}

const POLICY: Readonly<Record<Engine, string>> = {
  k3s: 'a NetworkPolicy',
  calico: 'a NetworkPolicy',
  specification: 'a NetworkPolicy',
  cilium: 'Cilium',
};

function widenedName(plan: Plan, { flow, called }: PodFlow, engine: Engine): Widening[] {
  const isUnknown = called.some((peer) => peer.kind === 'names' && peer.addresses === undefined);
  if (engine === 'cilium' || !isUnknown) return [];
  return [
    {
      flow,
      superset: 'every address beyond the cluster',
      addresses: beyondCluster(plan),
      why: `${POLICY[engine]} knows no DNS names, and the addresses behind this one are not in the spec`,
    },
  ];
}

function widenedRequests({ flow }: PodFlow, engine: Engine): Widening[] {
  if (engine === 'cilium' || flow.http === undefined) return [];
  return [{ flow, superset: 'every request at this port', why: `${POLICY[engine]} knows nothing of HTTP` }];
}

/** Whoever shares a node's address shares what it may. */
function widenedNodes(plan: Plan, { flow, callers, called }: PodFlow, engine: Engine): Widening[] {
  const found: Widening[] = [];
  for (const [end, peers, verb] of [
    [flow.from, callers, 'of'],
    [flow.to, called, 'at'],
  ] as const) {
    const peer = peers.find(({ kind }) => kind === 'nodes');
    if (peer?.kind !== 'nodes' || (end.kind !== 'nodes' && !isOnHost(plan, end))) continue;
    // A process at a node is called by its port, which tells it apart; one that calls is known by its node alone.
    const byProcess = end.kind === 'workload' && verb === 'of';
    const pods = verb === 'of' ? withPods(plan) : '';
    const told = selectNodes(plan.spec, peer.select);
    const everyone = verb === 'of' || engine === 'cilium' ? nodesTold(plan, engine, peer.select) : told;
    if (!byProcess && pods === '' && everyone.length === told.length) continue;
    const nodes = everyone.length === Object.keys(plan.spec.nodes).length ? 'every node' : everyone.join(', ');
    found.push({
      flow,
      superset: verb === 'of' ? `every process of ${nodes}${pods}` : `this port at ${nodes}`,
      ...(peer.addresses === undefined || verb === 'at' ? {} : { addresses: peer.addresses }),
      why: whyNodes(engine, byProcess, pods !== ''),
    });
  }
  return found;
}

function whyNodes(engine: Engine, byProcess: boolean, passAsPods: boolean): string {
  if (passAsPods) return 'nodes call under addresses that pods have, too';
  if (byProcess)
    return 'what shares its node’s network shares its address: no policy tells the processes of a node apart';
  return `${POLICY[engine]} does not tell these nodes from the others`;
}

/** Who passes for a node, where nodes call under addresses that pods have. */
function withPods(plan: Plan): string {
  return podsPassForNodes(plan) ? ', and every pod' : '';
}

/** The nodes that an engine takes for those meant. */
function nodesTold({ spec }: Plan, engine: Engine, select: Parameters<typeof selectNodes>[1]): readonly string[] {
  return selectNodes(spec, engine === 'cilium' && select === 'servers' ? 'servers' : 'all');
}

function isOnHost({ workloads }: Plan, end: Endpoint): boolean {
  return end.kind === 'workload' && workloads.get(end.workload)?.hostNetwork === true;
}

/** Nodes are met where others called: a node passed the call on under its own address. */
function hiddenCallers(plan: Plan, { flow, callers }: PodFlow): Widening[] {
  const nodes = callers.find(({ kind }) => kind === 'nodes');
  if (nodes?.kind !== 'nodes' || callers.length < 2) return [];
  return [
    {
      flow,
      superset: `every process of every node${withPods(plan)}`,
      ...(nodes.addresses === undefined ? {} : { addresses: nodes.addresses }),
      why: 'with externalTrafficPolicy Cluster a node that takes a call in may pass it on under its own address',
    },
  ];
}

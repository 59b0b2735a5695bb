import { printEndpoint, workload, type Endpoint } from '../plan/endpoint';
import type { Flow } from '../plan/flow';
import type { Direction } from '../reach/policy';
import type { Traffic } from '../reach/traffic';
import type { PodFlow } from './pod-flow';
import { trafficToNodes, trafficToPods } from './flow-traffic';
import type { PodsEnd } from './proof-world';
import type { Proof } from './prove';

/** Who stands at the other end, and what passes. */
export interface Contact {
  readonly traffic: Traffic;
  readonly peers: readonly Endpoint[];
  /** The peers are on the same node. */
  readonly sameNode: boolean;
}

/** What passes to and from the pods of one workload, once for each set of traffic. */
export interface MatrixRow {
  readonly end: PodsEnd;
  readonly reachedBy: readonly Contact[];
  readonly reaches: readonly Contact[];
}

/**
 * What the engine found to pass, told by the flows that it was held against: a proof without findings has found all of
 * them to pass, and nothing else.
 */
export function matrix({ world, flows }: Proof): MatrixRow[] {
  return world.ends
    .filter(({ unnamed }) => !unnamed)
    .map((end) => ({ end, reachedBy: contacts(flows, 'ingress', end), reaches: contacts(flows, 'egress', end) }));
}

/** The same for pods that nobody speaks of. */
export function ofEveryPod({ flows }: Proof): Pick<MatrixRow, 'reachedBy' | 'reaches'> {
  return { reachedBy: contacts(flows, 'ingress', undefined), reaches: contacts(flows, 'egress', undefined) };
}

/** Each peer once with all it may do, and then peers that may do the same together. */
function contacts(flows: readonly PodFlow[], direction: Direction, end: PodsEnd | undefined): Contact[] {
  const byPeer = new Map<string, { readonly peer: Endpoint; readonly sameNode: boolean; traffic: Traffic }>();
  for (const { flow } of flows) {
    const [own, peer] = direction === 'ingress' ? [landing(flow), flow.from] : [flow.from, flow.to];
    if (!means(own, end)) continue;
    const traffic = direction === 'egress' && flow.to.kind === 'nodes' ? trafficToNodes(flow) : trafficToPods(flow);
    const sameNode = flow.sameNode === true;
    const key = sameNode ? '' : printEndpoint(peer);
    const known = byPeer.get(key);
    if (known === undefined) byPeer.set(key, { peer, sameNode, traffic });
    else known.traffic = known.traffic.union(traffic);
  }
  const groups = new Map<
    string,
    { readonly traffic: Traffic; readonly peers: Endpoint[]; readonly sameNode: boolean }
  >();
  for (const { peer, sameNode, traffic } of byPeer.values()) {
    const key = `${traffic.key} ${sameNode}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { traffic, peers: [peer], sameNode });
    else group.peers.push(peer);
  }
  return [...groups.values()];
}

function landing({ to, via }: Flow): Endpoint {
  return via === undefined ? to : workload(via);
}

/** What is said of every pod stands once, and not at each of them. */
function means(endpoint: Endpoint, end: PodsEnd | undefined): boolean {
  if (end === undefined) return endpoint.kind === 'pods' && endpoint.namespace === undefined;
  if (endpoint.kind === 'pods') return endpoint.namespace === end.namespace;
  return endpoint.kind === 'workload' && endpoint.workload === end.name;
}

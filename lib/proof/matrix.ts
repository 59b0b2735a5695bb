import { printEndpoint, type Endpoint } from '../plan/endpoint';
import { firstEnd } from '../plan/flow';
import { oncePer } from '../plan/once';
import type { Direction } from '../reach/policy';
import type { Traffic } from '../reach/traffic';
import { groupedBy } from '../text/group';
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
export function matrix(proof: Proof): MatrixRow[] {
  const { ingress, egress } = passagesOf(proof);
  return proof.world.ends
    .filter(({ unnamed }) => !unnamed)
    .map((end) => ({ end, reachedBy: contacts(passing(ingress, end)), reaches: contacts(passing(egress, end)) }));
}

/** The same for pods that nobody speaks of. */
export function ofEveryPod(proof: Proof): Pick<MatrixRow, 'reachedBy' | 'reaches'> {
  const { ingress, egress } = passagesOf(proof);
  return { reachedBy: contacts(ingress.get(EVERY_POD) ?? []), reaches: contacts(egress.get(EVERY_POD) ?? []) };
}

/** A flow as its one end sees it. */
interface Passage {
  readonly own: Endpoint;
  readonly peer: Endpoint;
  readonly sameNode: boolean;
  readonly traffic: Traffic;
}

/** By what the end that sees them so calls its pods. */
type Passages = ReadonlyMap<string, readonly Passage[]>;

const passagesOf = oncePer(({ flows }: Proof): Readonly<Record<Direction, Passages>> => {
  const called = flows.map(({ flow }): Passage => {
    const { from: peer, sameNode = false } = flow;
    return { own: firstEnd(flow), peer, sameNode, traffic: trafficToPods(flow) };
  });
  const calling = flows.map(({ flow }): Passage => {
    const { from: own, to: peer, sameNode = false } = flow;
    return { own, peer, sameNode, traffic: peer.kind === 'nodes' ? trafficToNodes(flow) : trafficToPods(flow) };
  });
  return { ingress: groupedBy(called, podsOf), egress: groupedBy(calling, podsOf) };
});

const EVERY_POD = '*';

/** Undefined where the end is no pods. */
function podsOf({ own }: Passage): string | undefined {
  if (own.kind === 'workload') return own.workload;
  if (own.kind !== 'pods') return undefined;
  return own.namespace === undefined ? EVERY_POD : `${own.namespace}/*`;
}

/** What is said of every pod stands once, and not at each of them. */
function passing(passages: Passages, { namespace, name }: PodsEnd): Passage[] {
  return [...(passages.get(`${namespace}/*`) ?? []), ...(passages.get(name) ?? [])];
}

/** Each peer once with all it may do, and then peers that may do the same together. */
function contacts(passages: readonly Passage[]): Contact[] {
  const byPeer = new Map<string, { readonly peer: Endpoint; readonly sameNode: boolean; traffic: Traffic }>();
  for (const { peer, sameNode, traffic } of passages) {
    const key = sameNode ? '' : printEndpoint(peer);
    const known = byPeer.get(key);
    if (known === undefined) byPeer.set(key, { peer, sameNode, traffic });
    else known.traffic = known.traffic.union(traffic);
  }
  const groups = groupedBy(byPeer.values(), ({ sameNode, traffic }) => `${traffic.key} ${sameNode}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ ...first, peers: group.map(({ peer }) => peer) }];
  });
}

import type { AddressSet } from '../../net/address-set';
import type { PortRange } from '../../net/port';
import type { Flow, Protocol } from '../../plan/flow';
import { isPod } from '../../plan/flow-end';
import { allNodeAddresses } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { arrivals, isOnHost, type Arrival } from '../../plan/seen-as';
import { sortedBy } from '../../text/compare';

/** Who may enter, by the names that Cilium has for them; a rule of Cilium's knows one kind alone. */
export type Peer =
  | { readonly kind: 'entities'; readonly world: boolean }
  /** Addresses that Cilium does not manage, or does not manage yet. */
  | { readonly kind: 'addresses'; readonly addresses: AddressSet }
  | { readonly kind: 'pods'; readonly selectors: readonly PodSelector[] };

/** Pods by namespace and labels; nothing given: every pod. */
export interface PodSelector {
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** One thing that the host firewall of some nodes lets in. */
export interface HostRule {
  readonly peer: Peer;
  readonly protocol: Protocol;
  /** As the node's own process binds it: Cilium translates before it judges. Absent: every port. */
  readonly port?: PortRange;
  readonly icmpTypes?: readonly string[];
  readonly reasons: readonly string[];
}

/** The other nodes, which are no part of the world. */
const NODES: Peer = { kind: 'entities', world: false };
const ANYONE: Peer = { kind: 'entities', world: true };

/** Protocols that a policy of Cilium's can name. Its own ESP is decrypted before the host firewall sees a packet. */
const NAMED: readonly Protocol[] = ['tcp', 'udp', 'sctp', 'icmp', 'icmpv6', 'any'];

/** What the host firewall of these nodes lets in: the plan's flows that end on one of them. Rules that are alike are one. */
export function hostRules(plan: Plan, nodes: readonly string[]): HostRule[] {
  const rules = new Map<string, HostRule>();
  for (const node of nodes) {
    for (const arrival of arrivals(plan, node)) {
      // Cilium sends what is for a pod on to the pod before its host firewall: there the pod's own policies decide.
      if (!isOnHost(arrival.flow.to, plan, node) || !NAMED.includes(arrival.protocol)) continue;
      for (const rule of rulesOf(arrival, plan)) {
        const key = keyOf(rule);
        const known = rules.get(key);
        rules.set(key, known === undefined ? rule : joined(known, rule));
      }
    }
  }
  // Each node's rules name every node but itself: joined, addresses of one flow are those of another.
  return alikeMerged([...rules.values()]);
}

function rulesOf(arrival: Arrival, plan: Plan): HostRule[] {
  const { flow, protocol, translated, port } = arrival;
  const bound = translated ?? port;
  return peersOf(arrival, plan).map((peer) => ({
    peer,
    protocol,
    ...(bound === undefined ? {} : { port: bound }),
    ...(flow.icmpTypes === undefined ? {} : { icmpTypes: [...flow.icmpTypes].sort() }),
    reasons: [flow.reason],
  }));
}

function peersOf({ flow, sources }: Arrival, plan: Plan): Peer[] {
  if (isPod(flow.from, plan)) {
    const pods: Peer = { kind: 'pods', selectors: [podSelector(flow, plan)] };
    // By the tunnel a pod of another node comes as itself; before its node is known to have one, as that node.
    if (sources !== undefined && plan.podNetwork.masquerades) return [NODES, pods];
    return [pods];
  }
  if (sources === undefined) return [ANYONE];
  // A machine that joins is not yet a node to Cilium, and must reach the servers to become one: its address stays, too.
  return [...(sources.overlaps(allNodeAddresses(plan.spec)) ? [NODES] : []), { kind: 'addresses', addresses: sources }];
}

function podSelector({ from }: Flow, plan: Plan): PodSelector {
  if (from.kind === 'pods') return from.namespace === undefined ? {} : { namespace: from.namespace };
  const workload = from.kind === 'workload' ? plan.workloads.get(from.workload) : undefined;
  if (workload === undefined) throw new Error('the flow starts in no pod');
  return { namespace: workload.namespace, labels: workload.labels };
}

/** Entities are told apart by who they are; addresses and pods by why they call, so that those of one reason join. */
function keyOf(rule: HostRule): string {
  const { peer, reasons } = rule;
  return `${targetOf(rule)} ${peer.kind} ${peer.kind === 'entities' ? String(peer.world) : reasons.join('; ')}`;
}

function targetOf({ protocol, port, icmpTypes }: HostRule): string {
  return `${protocol} ${String(port?.first ?? 0).padStart(5, '0')} ${port?.last ?? 0} ${icmpTypes?.join(',') ?? ''}`;
}

function joined(a: HostRule, b: HostRule): HostRule {
  return { ...a, peer: either(a.peer, b.peer), reasons: [...new Set([...a.reasons, ...b.reasons])].sort() };
}

function either(a: Peer, b: Peer): Peer {
  if (a.kind === 'addresses' && b.kind === 'addresses')
    return { kind: 'addresses', addresses: a.addresses.union(b.addresses) };
  if (a.kind !== 'pods' || b.kind !== 'pods') return a;
  const selectors = new Map([...a.selectors, ...b.selectors].map((selector) => [JSON.stringify(selector), selector]));
  return { kind: 'pods', selectors: sortedBy(selectors, ([key]) => key).map(([, selector]) => selector) };
}

function alikeMerged(rules: readonly HostRule[]): HostRule[] {
  const merged = new Map<string, HostRule>();
  for (const rule of rules) {
    const key = `${targetOf(rule)} ${JSON.stringify(rule.peer)}`;
    const known = merged.get(key);
    merged.set(key, known === undefined ? rule : joined(known, rule));
  }
  return sortedBy(merged, ([key]) => key).map(([, rule]) => rule);
}

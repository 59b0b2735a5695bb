import { NOT_ROUTED } from '../net/well-known';
import type { Cluster } from '../spec/cluster';
import type { NodeSelector } from '../spec/fields';
import { OUTSIDE, PODS, SERVICES, type NetworkName } from './claim';
import type { Endpoint } from './endpoint';
import type { Flow } from './flow';
import { isNode } from './flow-end';
import { networkEncryption } from './network-kind';
import { selectNodes } from './nodes';
import { oncePer } from './once';
import type { Plan } from './plan';
import { wayOut } from './way-out';

/** One stretch of a flow's way, on a network that carries it. */
export interface Leg {
  readonly stretch: 'inside a node' | 'between nodes' | 'on the network' | 'beyond the cluster';
  /** The network whose wire it is on. Absent inside a node. */
  readonly network?: NetworkName;
  /** Whether it travels in the pod network's own tunnel there. */
  readonly tunnelled: boolean;
  /** What encrypts whatever this leg carries. */
  readonly encryptedBy?: string;
  /** Whether the spec accepts traffic in clear on this network. */
  readonly trusted: boolean;
  /** Whether the pod network may encrypt it there and does not promise to. @default false */
  readonly isUnpromised?: boolean;
}

/** How a flow is kept from being read on its way. */
export interface Protection {
  /** What it brings along itself, such as TLS, on every leg. */
  readonly own?: string;
  readonly legs: readonly Leg[];
  /** Legs on which it is in clear on a network that the spec does not trust. */
  readonly exposed: readonly Leg[];
}

/** How a flow is protected on each leg of its way: by itself, by what carries it, by a trusted network, or not at all. */
export function protection(flow: Flow, plan: Plan): Protection {
  return protections(plan)(flow);
}

const protections = oncePer((plan: Plan) => oncePer((flow: Flow) => workedOut(flow, plan)));

function workedOut(flow: Flow, plan: Plan): Protection {
  const legs = legsOf(flow, plan);
  if (flow.encryptedBy !== undefined) return { own: flow.encryptedBy, legs, exposed: [] };
  return { legs, exposed: legs.filter((leg) => leg.encryptedBy === undefined && !leg.trusted) };
}

const INSIDE: Leg = { stretch: 'inside a node', tunnelled: false, trusted: true };

function legsOf(flow: Flow, plan: Plan): Leg[] {
  // No router passes a link-local address on: of a pod's link the other end is its own node.
  const onLink = flow.over === PODS && flow.address === 'link-local';
  if (flow.over === SERVICES || flow.sameNode === true || onLink) return [INSIDE];
  if (flow.over === PODS) return podLegs(flow, plan);
  if (flow.over === OUTSIDE || leavesByItsNetwork(flow, plan.spec) || comesByTheRouter(flow, plan.spec))
    return [{ stretch: 'beyond the cluster', network: OUTSIDE, tunnelled: false, trusted: false }];
  return [
    onNetwork(
      plan.spec,
      flow.over,
      isNode(flow.from, plan) && isNode(flow.to, plan) ? 'between nodes' : 'on the network',
    ),
  ];
}

/** A call to somebody beyond a public network crosses more than that network; on a LAN it may end there. */
function leavesByItsNetwork(flow: Flow, spec: Cluster): boolean {
  return flow.to.kind === 'internet' || (flow.to.kind === 'name' && spec.networks[flow.over]?.kind === 'public');
}

/** A caller from beyond a LAN crosses more than that LAN, however far the spec trusts it. */
function comesByTheRouter({ from, over }: Flow, spec: Cluster): boolean {
  const network = spec.networks[over];
  if (network?.kind !== 'lan' || network.gateway === undefined || over !== wayOut(spec)) return false;
  return from.kind === 'internet' || (from.kind === 'range' && !NOT_ROUTED.contains(from.addresses));
}

/** On one of the spec's networks, as that network is. */
function onNetwork(spec: Cluster, network: NetworkName, stretch: Leg['stretch']): Leg {
  const encryptedBy = networkEncryption(spec, network);
  const one = spec.networks[network];
  const trusted = one !== undefined && 'trusted' in one ? one.trusted : encryptedBy !== undefined;
  return { stretch, network, tunnelled: false, ...(encryptedBy === undefined ? {} : { encryptedBy }), trusted };
}

/**
 * To a pod of another node a packet takes the pod network's tunnel. To another node's own address it does not, unless the
 * pod network says so: it leaves under its own node's address, on the underlay as it is.
 */
function podLegs(flow: Flow, plan: Plan): Leg[] {
  const { underlay, encapsulation, encryptedBy, encrypts = 'to-pods', toNodes } = plan.podNetwork;
  const from = placed(flow.from, plan);
  const to = placed(flow.to, plan);
  const legs: Leg[] = from.some((node) => setOf(to).has(node)) ? [INSIDE] : [];
  if (!from.some((node) => to.some((other) => other !== node))) return legs;
  const between = onNetwork(plan.spec, underlay, 'between nodes');
  if (isNode(flow.to, plan)) {
    const tunnelled = toNodes === 'tunnel' && !isNode(flow.from, plan);
    return [...legs, { ...between, tunnelled, ...(tunnelled ? { isUnpromised: true } : {}) }];
  }
  const covered = encrypts === 'to-pods' || !isNode(flow.from, plan);
  const carrier = (covered ? encryptedBy : undefined) ?? between.encryptedBy;
  return [
    ...legs,
    { ...between, tunnelled: encapsulation !== 'none', ...(carrier === undefined ? {} : { encryptedBy: carrier }) },
  ];
}

/** Fleets have flows between hundreds of nodes and hundreds of others. */
const setOf = oncePer((names: readonly string[]): ReadonlySet<string> => new Set(names));

/** The nodes on which an end of a flow may be. */
function placed(end: Endpoint, plan: Plan): readonly string[] {
  return selectNodes(plan.spec, selectorOf(end, plan));
}

function selectorOf(end: Endpoint, plan: Plan): NodeSelector {
  if (end.kind === 'nodes') return end.select;
  if (end.kind === 'workload') return plan.workloads.get(end.workload)?.nodes ?? 'all';
  return 'all';
}

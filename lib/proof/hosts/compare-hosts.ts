import { AddressSet } from '../../net/address-set';
import type { Plan } from '../../plan/plan';
import type { Endpoint as PlanEndpoint } from '../../plan/endpoint';
import { FAILSAFE } from '../../reach/calico-host';
import type { Endpoint } from '../../reach/endpoint';
import { Traffic } from '../../reach/traffic';
import type { Verdict } from '../../reach/verdict';
import type { Comparison } from '../compare';
import { compareAddresses } from '../compare-addresses';
import type { Demand, Permit } from '../declared';
import type { DifferentEnd, Found } from '../difference';
import { Outside } from '../outside';
import type { PodsEnd } from '../proof-world';
import type { HostDemand } from './host-demands';
import type { HostEnd } from './host-end';
import type { HostWorld } from './host-worlds';

/** Compares what the pod network's own policies let into nodes with the flows that arrive there. */
export function compareHosts(plan: Plan, world: HostWorld, pods: readonly PodsEnd[]): Comparison {
  const found: Found = { blocked: [], undeclared: [] };
  const outside = new Outside(world, 'ingress', plan);
  const permitted = permits(plan, world);
  const isCilium = world.reach.engine === 'cilium';
  const met = isCilium ? [...podsMet(world, pods), ...nodesMet(world)] : [];
  for (const end of world.ends) {
    const own: DifferentEnd = { name: end.name, endpoint: end.endpoint };
    const demands = world.demands(end);
    const others = permitted(end);
    compareAddresses(outside, 'ingress', own, demands.flatMap(ofAddresses), found, others.flatMap(permitOf));
    for (const peer of met) compareMet(world, own, peer, demands, others, found);
  }
  return found;
}

/** Somebody whom Cilium knows by more than an address, and whether a demand means them. */
interface Met extends DifferentEnd {
  readonly isMeant: (demand: HostPermit) => boolean;
  /** Whether it can be one of several whom a flow means: nothing is missing if it is held up. */
  readonly isOneOf: boolean;
}

function compareMet(
  { reach }: HostWorld,
  own: DifferentEnd,
  peer: Met,
  demands: readonly HostDemand[],
  others: readonly HostPermit[],
  { blocked, undeclared }: Found,
): void {
  const verdict = entering(reach, own.endpoint, peer.endpoint);
  if (verdict === undefined) return;
  for (const { flow, traffic } of demands.filter(peer.isMeant)) {
    const missing = traffic.difference(verdict.allowed);
    if (!missing.isEmpty && !peer.isOneOf) blocked.push({ from: peer, to: own, traffic: missing, flow });
  }
  const rest = verdict.possible.difference(Traffic.union(others.filter(peer.isMeant).map(({ traffic }) => traffic)));
  if (!rest.isEmpty) undeclared.push({ from: peer, to: own, traffic: rest });
}

/** What the node's own policies say, whatever those of the caller do. */
function entering(reach: HostWorld['reach'], own: Endpoint, peer: Endpoint): Verdict | undefined {
  const index = reach.indexOf('ingress', peer);
  const row = reach.row('ingress', own);
  return row === undefined || index === undefined ? undefined : reach.outsideVerdict('ingress', row.number(index));
}

function podsMet({ reach }: HostWorld, pods: readonly PodsEnd[]): Met[] {
  const endpoints = new Map(reach.endpoints.map((endpoint) => [endpoint.id, endpoint]));
  return pods.flatMap((end): Met[] => {
    const endpoint = endpoints.get(end.endpoint.id);
    if (endpoint === undefined) return [];
    const isMeant = ({ peer }: HostPermit) => peer.kind === 'pods' && isAmong(end, peer.meant);
    return [{ name: end.name, endpoint, pods: end, isMeant, isOneOf: false }];
  });
}

function isAmong({ name, namespace }: PodsEnd, meant: PlanEndpoint): boolean {
  if (meant.kind === 'workload') return meant.workload === name;
  return meant.kind === 'pods' && (meant.namespace === undefined || meant.namespace === namespace);
}

/** A node reaches itself, whatever its policies say; the API server's node is one of the others. */
function nodesMet({ reach }: HostWorld): Met[] {
  return reach.universes.ingress.named.flatMap((one): Met[] => {
    if (one.kind !== 'entity' || one.entity === 'host') return [];
    const isNode = one.entity === 'remote-node' || one.entity === 'kube-apiserver';
    const isMeant = ({ peer }: HostPermit) => isNode && peer.kind === 'nodes';
    return [{ name: one.id, endpoint: one, isMeant, isOneOf: one.entity !== 'remote-node' }];
  });
}

function ofAddresses({ flow, traffic, peer }: HostDemand): Demand[] {
  return peer.kind === 'addresses' ? [{ flow, traffic, peer }] : [];
}

function permitOf({ traffic, peer }: HostPermit): Permit[] {
  return peer.kind === 'addresses' ? [{ traffic, peer }] : [];
}

type HostPermit = Omit<HostDemand, 'flow'>;

/**
 * What may enter beside what must. One policy guards nodes that Cilium does not tell apart, and interfaces that let in the
 * same; each node is left out of its own callers, and not of those of the others. Felix's failsafe ports are always open.
 */
function permits(plan: Plan, world: HostWorld): (end: HostEnd) => readonly HostPermit[] {
  const groupOf = ({ node, device }: HostEnd) => device ?? plan.spec.nodes[node]?.role ?? '';
  const isCilium = world.reach.engine === 'cilium';
  const groups = new Map<string, Map<string, HostDemand>>();
  for (const end of world.ends) {
    const key = groupOf(end);
    const group = groups.get(key) ?? new Map<string, HostDemand>();
    groups.set(key, group);
    for (const demand of world.demands(end)) {
      const id = keyOf(demand);
      const known = group.get(id);
      group.set(id, known === undefined ? demand : joined(known, demand));
    }
  }
  return (end) => {
    const group = groups.get(groupOf(end)) ?? new Map<string, HostDemand>();
    if (isCilium) return [...group.values()];
    const own = [...new Set(world.demands(end).map(keyOf))].flatMap((id) => group.get(id) ?? []);
    return [...own, { traffic: FAILSAFE.ingress, peer: { kind: 'addresses', addresses: AddressSet.everything } }];
  };
}

function keyOf({ flow, traffic, peer }: HostDemand): string {
  const who = peer.kind === 'pods' ? JSON.stringify(peer.meant) : peer.kind;
  return `${traffic.key} ${who} ${flow.reason}`;
}

function joined(a: HostDemand, b: HostDemand): HostDemand {
  if (a.peer.kind !== 'addresses' || b.peer.kind !== 'addresses' || a.peer.addresses === b.peer.addresses) return a;
  return { ...a, peer: { kind: 'addresses', addresses: a.peer.addresses.union(b.peer.addresses) } };
}

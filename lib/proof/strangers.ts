import type { Plan } from '../plan/plan';
import type { PodPeer } from '../plan/seen-by-pods';
import { covers } from '../reach/name-pattern';
import type { Entity } from '../reach/policy';
import type { NamedStranger } from '../reach/universe';
import { allNodeAddresses } from '../plan/nodes';

/** Whether a flow with this peer lets this one through, whatever else it lets through. */
export function permits(peer: PodPeer, stranger: NamedStranger, plan: Plan): boolean {
  if (stranger.kind === 'name') return permitsName(peer, stranger.name);
  // The API server may run on the pod's own node.
  if (peer.kind === 'own-node') return stranger.entity === 'host' || stranger.entity === 'kube-apiserver';
  return isNodes(peer, plan) && NODES.includes(stranger.entity);
}

/** A name has some address, which a flow to addresses may be about. */
function permitsName(peer: PodPeer, name: string): boolean {
  if (peer.kind === 'names') return peer.addresses !== undefined || peer.fqdns.some((own) => covers(own, name));
  return peer.kind === 'anywhere' || peer.kind === 'addresses';
}

/** Whether a flow with this peer holds only if this one gets through. */
export function needs(peer: PodPeer, stranger: NamedStranger, plan: Plan): boolean {
  return stranger.kind === 'entity' && entitiesOf(peer, plan).includes(stranger.entity);
}

/** Names of which each by itself is enough for the flow to a name. */
export function coveringNames(name: string, strangers: readonly NamedStranger[]): readonly NamedStranger[] {
  return strangers.filter((one) => one.kind === 'name' && covers(one.name, name));
}

const NODES: readonly Entity[] = ['host', 'remote-node', 'kube-apiserver'];

/** Of nodes Cilium tells apart only those where the API server is: the servers. */
function entitiesOf(peer: PodPeer, plan: Plan): readonly Entity[] {
  if (peer.kind === 'own-node') return ['host'];
  if (!isNodes(peer, plan)) return [];
  return peer.kind === 'nodes' && peer.select === 'servers' ? ['kube-apiserver'] : NODES;
}

/** No prefix of Cilium's finds a node: a flow of addresses among which are nodes' must name them as nodes. */
function isNodes(peer: PodPeer, plan: Plan): boolean {
  if (peer.kind !== 'addresses' && peer.kind !== 'names') return peer.kind === 'nodes';
  return peer.addresses?.overlaps(allNodeAddresses(plan.spec)) === true;
}

import { AddressSet } from '../net/address-set';
import type { NodeSelector } from '../spec/fields';
import { podAddresses, podFamilies } from './cluster-ranges';
import type { Endpoint } from './endpoint';
import type { Flow } from './flow';
import { isPod } from './flow-end';
import { virtualAddresses } from './load-balancer';
import { nodeAddresses } from './nodes';
import { oncePer } from './once';
import type { Plan } from './plan';
import { cniRoutesServices } from './service-router';
import type { Workload } from './workload';

/** The other end of a pod's connection, as whoever enforces that pod's policies meets it. */
export type PodPeer =
  | { readonly kind: 'workload'; readonly workload: Workload }
  | { readonly kind: 'pods'; readonly namespace?: string }
  /** The pod's own node: every engine lets it in. */
  | { readonly kind: 'own-node' }
  /** Addresses are for engines that compare addresses. Absent: the engine knows nodes by who they are. */
  | { readonly kind: 'nodes'; readonly select: NodeSelector; readonly addresses?: AddressSet }
  | { readonly kind: 'addresses'; readonly addresses: AddressSet }
  | { readonly kind: 'names'; readonly fqdns: readonly string[]; readonly addresses?: AddressSet }
  /** Anyone beyond the cluster. */
  | { readonly kind: 'anywhere' };

/** Whether policies speak of a flow: one of its ends is a pod with an address of its own, and it stands for itself. */
export function concernsPods(flow: Flow, plan: Plan): boolean {
  return flow.grants !== false && (isPod(flow.from, plan) || isPod(flow.to, plan));
}

/**
 * Under what the calling end of a flow is met at the pod it calls. Whatever a node sends to a pod of another node leaves
 * by the pod network, under an address that the pod network chose and not the node's own; so do callers whose
 * address a node hides. A caller that landed on the pod's own node is met under its own address.
 */
export function callersSeen(flow: Flow, plan: Plan): readonly PodPeer[] {
  if (flow.sameNode === true) return [{ kind: 'own-node' }];
  const peers = callers(flow.from, plan);
  const alreadyNodes = peers.some(({ kind }) => kind === 'nodes');
  return alreadyNodes || !hidesCallers(flow, plan) ? peers : [...peers, nodesOf('all', plan)];
}

function callers(from: Endpoint, plan: Plan): PodPeer[] {
  switch (from.kind) {
    case 'workload': {
      const workload = plan.workloads.get(from.workload);
      if (workload === undefined) return [];
      return [workload.hostNetwork ? nodesOf(workload.nodes, plan) : { kind: 'workload', workload }];
    }
    case 'nodes':
      return [nodesOf(from.select, plan)];
    // By a name one can be called, but not recognised.
    case 'name':
      if (from.addresses === undefined) return [{ kind: 'anywhere' }];
      return [{ kind: 'addresses', addresses: withoutPods(plan)(from.addresses) }];
    default:
      return [outsideOrPods(from, plan)];
  }
}

/** Under what the called end of a flow is met by the engine that judges the calling pod: Services are resolved by then. */
export function calledSeen(flow: Flow, plan: Plan): readonly PodPeer[] {
  const { to } = flow;
  const network = plan.spec.networks[flow.over] === undefined ? plan.spec.k3s.nodeNetwork : flow.over;
  const nodes = (select: NodeSelector): PodPeer => ({
    kind: 'nodes',
    select,
    addresses: nodeAddresses(plan.spec, select, network),
  });
  switch (to.kind) {
    case 'workload': {
      const workload = plan.workloads.get(to.workload);
      if (workload === undefined) return [];
      return [workload.hostNetwork ? nodes(workload.nodes) : { kind: 'workload', workload }];
    }
    case 'nodes':
      return [nodes(to.select)];
    case 'name': {
      const { fqdns, addresses } = to;
      return [
        { kind: 'names', fqdns, ...(addresses === undefined ? {} : { addresses: withoutPods(plan)(addresses) }) },
      ];
    }
    default:
      return [outsideOrPods(to, plan)];
  }
}

function outsideOrPods(end: Extract<Endpoint, { kind: 'pods' | 'range' | 'internet' }>, plan: Plan): PodPeer {
  switch (end.kind) {
    case 'pods':
      return { kind: 'pods', ...(end.namespace === undefined ? {} : { namespace: end.namespace }) };
    case 'range':
      return { kind: 'addresses', addresses: withoutPods(plan)(end.addresses) };
    case 'internet':
      return { kind: 'anywhere' };
  }
}

/** Of somebody outside, known by a prefix so wide that pods are in it: a block of a NetworkPolicy would let those through. */
const withoutPods = oncePer(({ spec }: Plan) => {
  const pods = podAddresses(spec);
  return oncePer((addresses: AddressSet) => {
    const rest = addresses.difference(pods);
    return rest.isEmpty || rest.equals(addresses) ? addresses : rest;
  });
});

function nodesOf(select: NodeSelector, { podNetwork }: Plan): PodPeer {
  const addresses = podNetwork.nodesAppearAs;
  return { kind: 'nodes', select, ...(addresses === undefined ? {} : { addresses }) };
}

/**
 * Addresses by which pods are known: those that no node takes. In a family in which nodes take any that is free, as
 * Calico's do without a range of their own, every pod passes for a node, and these are all that pods have.
 */
export const podRanges = oncePer(({ spec, podNetwork }: Plan): AddressSet => {
  const asNodes = podNetwork.nodesAppearAs ?? AddressSet.empty;
  const ofFamily = (family: 4 | 6) => {
    const all = podAddresses(spec).family(family);
    const own = all.difference(asNodes);
    return own.isEmpty ? all : own;
  };
  return AddressSet.of(...podFamilies(spec).map(ofFamily));
});

/** Whether nodes are met under addresses that pods have, too: any pod passes for a node. */
export const podsPassForNodes = oncePer(
  (plan: Plan): boolean => plan.podNetwork.nodesAppearAs?.overlaps(podRanges(plan)) === true,
);

/**
 * Whether a node that takes a call in passes it on to a pod of another node under its own address: for a LoadBalancer
 * Service unless `externalTrafficPolicy` is `Local`. kube-proxy does so with pods' calls as well, Cilium does not.
 * Source: Kubernetes docs, source IP; kube-proxy pkg/proxy/iptables, KUBE-EXT chains.
 */
function hidesCallers(flow: Flow, plan: Plan): boolean {
  if (flow.to.kind !== 'workload' || flow.address !== 'vip' || flow.via !== undefined) return false;
  if (isPod(flow.from, plan) && cniRoutesServices(plan.spec)) return false;
  const { workload } = flow.to;
  const service = plan.loadBalancers.find((one) => {
    const own = virtualAddresses(plan.spec, one);
    const dialled = flow.dialled === undefined || own === undefined || own.overlaps(flow.dialled);
    return one.workload === workload && dialled && one.ports.some(({ container }) => sameStart(container, flow));
  });
  return service?.externalTrafficPolicy !== 'Local';
}

function sameStart({ first }: { readonly first: number }, { port }: Flow): boolean {
  return port?.container.first === first;
}

import type { Chart } from 'cdk8s';
import {
  CiliumNetworkPolicy,
  type CiliumNetworkPolicySpecEgress as Egress,
  type CiliumNetworkPolicySpecEgressToPorts as ToPorts,
  type CiliumNetworkPolicySpecIngress as Ingress,
  type CiliumNetworkPolicySpecIngressFromEndpoints as Pods,
  type CiliumNetworkPolicySpecIngressToPortsPorts as Port,
} from '../../../imports/cilium.io';
import { AddressSet } from '../../net/address-set';
import { podFamilies } from '../../plan/cluster-ranges';
import { allNodeAddresses } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { podRules, type PodRule } from '../../plan/pod-rules';
import type { PodPeer } from '../../plan/seen-by-pods';
import { addObject } from '../plain-object';
import { allowedOf, type Allowed, type AllowedPort } from './allowed';
import type { PolicyFor } from './policy-for';
import { reasons } from './reasons';

/** The label by which Cilium knows a pod's namespace. Source: Cilium docs, policies in Kubernetes. */
const NAMESPACE_LABEL = 'k8s:io.kubernetes.pod.namespace';

/** Cilium's operator defines the kind, and not its chart. */
const LATE = { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' };

/** A rule without anything in it lets nobody through, and closes what it is for. */
export function addCiliumDefaultDeny(chart: Chart, namespace: string): void {
  addObject(CiliumNetworkPolicy, chart, `${namespace}-default-deny`, {
    metadata: { name: 'default-deny', namespace, annotations: LATE },
    spec: { endpointSelector: {}, ingress: [{}], egress: [{}] },
  });
}

/** What some pods may, in Cilium's words: nodes and the API server by who they are, names by name, requests by method and path. */
export function addCiliumPolicy(chart: Chart, plan: Plan, { name, namespace, labels, rules }: PolicyFor): void {
  const ingress = allowedOf(rules.ingress).flatMap((allowed) => ingressOf(plan, allowed));
  const lookUps = rules.egress.some(({ peer }) => peer.kind === 'names')
    ? lookUpsOf(plan, namespace, rules.egress)
    : [];
  const egress = [...allowedOf(rules.egress).flatMap((allowed) => egressOf(plan, allowed)), ...lookUps];
  if (ingress.length + egress.length === 0) return;
  addObject(CiliumNetworkPolicy, chart, `${namespace}-${name}`, {
    metadata: { name, namespace, annotations: { ...LATE, ...reasons(rules) } },
    spec: {
      endpointSelector: labels === undefined ? {} : { matchLabels: labels },
      ...(ingress.length > 0 ? { ingress } : {}),
      ...(egress.length > 0 ? { egress } : {}),
    },
  });
}

/** Whom a rule of Cilium's can name at once is of one kind. */
interface Parties {
  readonly pods: Pods[];
  readonly entities: string[];
  readonly addresses: string[];
  readonly names: readonly string[];
}

function ingressOf(plan: Plan, { peers, ports, http }: Allowed): Ingress[] {
  const { pods, entities, addresses } = partiesOf(plan, peers);
  const named = ports?.flatMap(portOf);
  if (named?.length === 0) return [];
  const toPorts = named && [{ ports: named, ...(http === undefined ? {} : { rules: { http: [...http] } }) }];
  const target = toPorts === undefined ? {} : { toPorts };
  return [
    ...(pods.length > 0 ? [{ fromEndpoints: pods, ...target }] : []),
    ...(entities.length > 0 ? [{ fromEntities: entities, ...target }] : []),
    ...(addresses.length > 0 ? [{ fromCidr: addresses, ...target }] : []),
  ];
}

function egressOf(plan: Plan, { peers, ports }: Allowed): Egress[] {
  const { pods, entities, addresses, names } = partiesOf(plan, peers);
  const named = ports?.flatMap(portOf);
  if (named?.length === 0) return [];
  const target = named === undefined ? {} : { toPorts: [{ ports: named }] };
  return [
    ...(pods.length > 0 ? [{ toEndpoints: pods, ...target }] : []),
    ...(entities.length > 0 ? [{ toEntities: entities, ...target }] : []),
    ...(addresses.length > 0 ? [{ toCidr: addresses, ...target }] : []),
    ...(names.length > 0 ? [{ toFqdNs: names.map(nameOf), ...target }] : []),
  ];
}

/** Cilium learns a name's addresses from the answers it sees: a pod's own look-ups, which a flow of DNS lets through, go by its proxy. */
function lookUpsOf(plan: Plan, namespace: string, own: readonly PodRule[]): Egress[] {
  const resolvers = plan.provided.filter(({ name }) => name === 'cluster-dns').map(({ owner }) => owner);
  const all = [...own, ...(podRules(plan).namespaces.get(namespace)?.egress ?? [])];
  const asked = all.filter(({ peer, port }) => isResolver(peer, resolvers) && port?.contains(DNS) === true);
  const rules: ToPorts['rules'] = { dns: [{ matchPattern: '*' }] };
  return allowedOf(asked).flatMap((allowed) =>
    egressOf(plan, allowed).map((rule) => ({
      ...rule,
      toPorts: (rule.toPorts ?? []).map((one) => ({ ...one, rules })),
    })),
  );
}

const DNS = 53;

function isResolver(peer: PodPeer, owners: readonly string[]): boolean {
  return peer.kind === 'workload' && owners.includes(peer.workload.owner);
}

function partiesOf(plan: Plan, peers: readonly PodPeer[]): Parties {
  // Whoever is known by names and addresses may be called by either.
  const all = AddressSet.of(...peers.map((peer) => addressesOf(peer)));
  // A prefix of Cilium's finds no node.
  const withNodes = all.overlaps(allNodeAddresses(plan.spec));
  return {
    pods: peers.flatMap(podsOf),
    entities: [...new Set([...peers.flatMap((peer) => entitiesOf(plan, peer)), ...(withNodes ? NODES : [])])].sort(),
    addresses: podFamilies(plan.spec).flatMap((family) => all.family(family).prefixes().map(String)),
    names: [...new Set(peers.flatMap((peer) => (peer.kind === 'names' ? peer.fqdns : [])))].sort(),
  };
}

function addressesOf(peer: PodPeer): AddressSet {
  if (peer.kind !== 'addresses' && peer.kind !== 'names') return AddressSet.empty;
  return peer.addresses ?? AddressSet.empty;
}

/** An empty selector would mean the policy's own namespace: pods anywhere are those that have one. */
function podsOf(peer: PodPeer): Pods[] {
  if (peer.kind === 'workload')
    return [{ matchLabels: { [NAMESPACE_LABEL]: peer.workload.namespace, ...peer.workload.labels } }];
  if (peer.kind !== 'pods') return [];
  if (peer.namespace !== undefined) return [{ matchLabels: { [NAMESPACE_LABEL]: peer.namespace } }];
  return [{ matchExpressions: [{ key: NAMESPACE_LABEL, operator: 'Exists' }] }];
}

/** A node to its own pods, and to all others. Source: Cilium docs, entities based. */
const NODES = ['host', 'remote-node'];

/** Of nodes Cilium tells servers apart, as those where the API server is, and no others. */
function entitiesOf({ spec }: Plan, peer: PodPeer): string[] {
  if (peer.kind === 'own-node') return ['host'];
  if (peer.kind === 'anywhere') return ['world'];
  if (peer.kind !== 'nodes') return [];
  return peer.select === 'servers' && spec.cni.kind === 'cilium' ? ['kube-apiserver'] : NODES;
}

function nameOf(name: string): { matchName: string } | { matchPattern: string } {
  return name.includes('*') ? { matchPattern: name } : { matchName: name };
}

/** Port 0 stands for all ports; a protocol without ports is none of a port. Source: Cilium API, PortProtocol. */
function portOf({ protocol, port }: AllowedPort): Port[] {
  if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp') return [];
  return [
    {
      port: String(port?.first ?? 0),
      ...(port !== undefined && port.last > port.first ? { endPort: port.last } : {}),
      protocol: protocol.toUpperCase(),
    },
  ];
}

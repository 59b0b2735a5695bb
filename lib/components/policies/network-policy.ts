import type { Chart } from 'cdk8s';
import { KubeNetworkPolicy, type NetworkPolicyPeer } from '../../../imports/k8s';
import { AddressSet } from '../../net/address-set';
import type { Prefix } from '../../net/prefix';
import { clusterOwn } from '../../plan/beyond-cluster';
import { podFamilies } from '../../plan/cluster-ranges';
import { oncePer } from '../../plan/once';
import type { Plan } from '../../plan/plan';
import type { PodRule, PodRules } from '../../plan/pod-rules';
import type { PodPeer } from '../../plan/seen-by-pods';
import { anywhere4, anywhere6 } from '../../net/well-known';
import { addObject, addPlainObject } from '../plain-object';
import { allowedOf, type Allowed, type AllowedPort } from './allowed';
import type { PolicyFor } from './policy-for';
import { reasons } from './reasons';

/** A namespace in which nothing may come or go that no other policy names. */
export function addDefaultDeny(chart: Chart, namespace: string): void {
  addObject(KubeNetworkPolicy, chart, `${namespace}-default-deny`, {
    metadata: { name: 'default-deny', namespace },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  });
}

/** What some pods may, by networking.k8s.io/v1: peers are labels and addresses, and nothing beyond ports is asked. */
export function addNetworkPolicy(chart: Chart, plan: Plan, { name, namespace, labels, rules }: PolicyFor): void {
  const ingress = allowedOf(inItsWords(rules.ingress)).flatMap((allowed) => ruleOf(plan, namespace, allowed));
  const egress = allowedOf(inItsWords(rules.egress)).flatMap((allowed) => ruleOf(plan, namespace, allowed));
  if (ingress.length + egress.length === 0) return;
  const spec = {
    podSelector: labels === undefined ? {} : { matchLabels: labels },
    policyTypes: [...(ingress.length > 0 ? ['Ingress'] : []), ...(egress.length > 0 ? ['Egress'] : [])],
    ...(ingress.length > 0 ? { ingress: ingress.map(([from, ports]) => rule({ from }, ports)) } : {}),
    ...(egress.length > 0 ? { egress: egress.map(([to, ports]) => rule({ to }, ports)) } : {}),
  };
  // Some hold thousands of addresses.
  addPlainObject(KubeNetworkPolicy, chart, `${namespace}-${name}`, {
    metadata: { name, namespace, annotations: reasons(withoutOwnNode(rules)) },
    spec,
  });
}

/** A node always reaches its own pods, whatever a policy says: there is nothing to write. Source: Kubernetes docs, network policies. */
function withoutOwnNode({ ingress, egress }: PodRules): PodRules {
  return { ingress: ingress.filter(({ peer }) => peer.kind !== 'own-node'), egress };
}

/** What it cannot say it says of more: names by their addresses or as anyone outside, nodes by addresses, requests by their port. */
function inItsWords(rules: readonly PodRule[]): PodRule[] {
  return rules.flatMap(({ peer, http: _, ...rule }) => {
    const known = asAddresses(peer);
    return known === undefined ? [] : [{ ...rule, peer: known }];
  });
}

function asAddresses(peer: PodPeer): Plain | undefined {
  switch (peer.kind) {
    case 'own-node':
      return undefined;
    case 'nodes':
      return { kind: 'addresses', addresses: peer.addresses ?? AddressSet.empty };
    case 'names':
      return peer.addresses === undefined ? { kind: 'anywhere' } : { kind: 'addresses', addresses: peer.addresses };
    default:
      return peer;
  }
}

type Plain = Extract<PodPeer, { kind: 'workload' | 'pods' | 'addresses' | 'anywhere' }>;

interface Port {
  readonly protocol: string;
  readonly port?: number;
  readonly endPort?: number;
}

type Rule = Peers & { readonly ports?: readonly Port[] };
type Peers = { readonly from: readonly NetworkPolicyPeer[] } | { readonly to: readonly NetworkPolicyPeer[] };

function rule(peers: Peers, ports: Port[] | undefined): Rule {
  return { ...peers, ...(ports === undefined ? {} : { ports }) };
}

function ruleOf(
  plan: Plan,
  namespace: string,
  { peers, ports }: Allowed,
): [readonly NetworkPolicyPeer[], Port[] | undefined][] {
  const named = ports?.flatMap(portOf);
  // A rule without a peer, or without a port, would let everyone or everything through.
  if (named?.length === 0) return [];
  return apart(peers)
    .map((some) => allPeersOf(plan, namespace, some))
    .filter((all) => all.length > 0)
    .map((all) => [all, named]);
}

/**
 * K3s puts all address blocks of one rule into one set, in which what one of them excepts is taken out of the others too:
 * nodes, which `anywhere` leaves out, would be missing from a network that has them. So it stands in a rule of its own.
 * Source: kube-router pkg/controllers/netpol/policy.go, evalIPBlockPeer and processIngressRules.
 */
function apart(peers: readonly PodPeer[]): (readonly PodPeer[])[] {
  const isAnywhere = ({ kind }: PodPeer) => kind === 'anywhere';
  return peers.some(({ kind }) => kind === 'addresses')
    ? [peers.filter((peer) => !isAnywhere(peer)), peers.filter(isAnywhere)]
    : [peers];
}

/** Of a single peer the list stays as it is: it may be long, and the same in many a policy. */
function allPeersOf(plan: Plan, own: string, peers: readonly PodPeer[]): readonly NetworkPolicyPeer[] {
  const [only] = peers;
  return peers.length === 1 && only !== undefined
    ? peersOf(plan, own, only)
    : peers.flatMap((peer) => peersOf(plan, own, peer));
}

function peersOf(plan: Plan, own: string, peer: PodPeer): readonly NetworkPolicyPeer[] {
  switch (peer.kind) {
    case 'workload': {
      const { namespace, labels } = peer.workload;
      return [{ ...(namespace === own ? {} : named(namespace)), podSelector: { matchLabels: { ...labels } } }];
    }
    case 'pods':
      if (peer.namespace === own) return [{ podSelector: {} }];
      return [peer.namespace === undefined ? { namespaceSelector: {} } : named(peer.namespace)];
    case 'addresses':
      return blocks(plan, peer.addresses);
    case 'anywhere':
      return beyond(plan);
    default:
      throw new Error(`NetworkPolicy has no word for ${peer.kind}`);
  }
}

/** Set by the API server on every namespace. Source: Kubernetes docs, well-known labels. */
function named(namespace: string): NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
}

function blocks({ spec }: Plan, addresses: AddressSet): readonly NetworkPolicyPeer[] {
  const families = podFamilies(spec);
  const all = eachBlock(addresses);
  return all.length === 0 || addresses.families().every((family) => families.includes(family))
    ? all
    : families.flatMap((family) => eachBlock(addresses.family(family)));
}

/** Nodes' addresses behind a tunnel are hundreds, and the same in many a policy: frozen, they are printed once. */
const eachBlock = oncePer((addresses: AddressSet): readonly NetworkPolicyPeer[] =>
  Object.freeze(addresses.prefixes().map((prefix) => Object.freeze({ ipBlock: { cidr: String(prefix) } }))),
);

/** Everyone who is no part of the cluster: the least that holds a DNS name whose addresses are not known. */
const beyond = oncePer((plan: Plan): readonly NetworkPolicyPeer[] => {
  const own = clusterOwn(plan);
  return podFamilies(plan.spec).map((family) => {
    const whole: Prefix = family === 4 ? anywhere4 : anywhere6;
    const except = own.family(family).prefixes().map(String);
    return { ipBlock: { cidr: String(whole), ...(except.length === 0 ? {} : { except }) } };
  });
});

const PROTOCOLS = { tcp: 'TCP', udp: 'UDP', sctp: 'SCTP' } as const;

/** Of other protocols NetworkPolicy has no notion. */
function portOf({ protocol, port }: AllowedPort): Port[] {
  if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp') return [];
  if (port === undefined) return [{ protocol: PROTOCOLS[protocol] }];
  return [
    {
      protocol: PROTOCOLS[protocol],
      port: port.first,
      ...(port.last > port.first ? { endPort: port.last } : {}),
    },
  ];
}

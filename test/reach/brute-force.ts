import { Address } from '../../lib/net/address';
import { Prefix } from '../../lib/net/prefix';
import { namespaces, type Probe, type Thing } from './small-world';

// Asks every policy about every pair and port, straight from the objects: slow, and written without a look at the engine.

type Labels = Readonly<Record<string, string>>;

export interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

export function matches(selector: Selector, labels: Labels): boolean {
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) if (labels[key] !== value) return false;
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    const value = labels[key];
    if (operator === 'In' && (value === undefined || !values.includes(value))) return false;
    if (operator === 'NotIn' && value !== undefined && values.includes(value)) return false;
    if (operator === 'Exists' && value === undefined) return false;
    if (operator === 'DoesNotExist' && value !== undefined) return false;
  }
  return true;
}

export function labelsOf(thing: Thing): Labels {
  return thing.metadata.labels ?? {};
}

export function namespaceLabels(name: string | undefined): Labels {
  const namespace = namespaces.find(({ metadata }) => metadata.name === name);
  return { ...namespace?.metadata.labels, 'kubernetes.io/metadata.name': name ?? '' };
}

/** The port that a pod has under a name. */
export function portNamed(pod: Thing | undefined, name: string, protocol: string): number | undefined {
  const spec = pod?.spec as
    | { containers: { ports: { name: string; containerPort: number; protocol?: string }[] }[] }
    | undefined;
  const ports = spec?.containers.flatMap((container) => container.ports) ?? [];
  return ports.find((port) => port.name === name && (port.protocol ?? 'TCP') === protocol)?.containerPort;
}

/** One end: a pod, or an address outside. */
export type End =
  | { readonly pod: Thing; readonly address: string }
  | { readonly pod?: undefined; readonly address: string };

interface PolicyPort {
  readonly protocol?: string;
  readonly port?: number | string;
  readonly endPort?: number;
}

interface PolicyPeer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

export interface PolicySpec {
  readonly podSelector: Selector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly { readonly from?: readonly PolicyPeer[]; readonly ports?: readonly PolicyPort[] }[];
  readonly egress?: readonly { readonly to?: readonly PolicyPeer[]; readonly ports?: readonly PolicyPort[] }[];
}

export interface BruteOptions {
  /** Whether an ipBlock also finds pods by their addresses. */
  readonly blocksFindPods: boolean;
}

/** Whether a connection passes by the NetworkPolicies. */
export function passes(policies: readonly Thing[], from: End, to: End, probe: Probe, options: BruteOptions): boolean {
  return (
    side(policies, 'Egress', from, to, to, probe, options) && side(policies, 'Ingress', to, from, to, probe, options)
  );
}

function side(
  policies: readonly Thing[],
  type: 'Ingress' | 'Egress',
  own: End,
  peer: End,
  destination: End,
  probe: Probe,
  options: BruteOptions,
): boolean {
  if (own.pod === undefined) return true;
  let isolated = false;
  for (const policy of policies) {
    const spec = policy.spec as PolicySpec;
    if (policy.metadata.namespace !== own.pod.metadata.namespace || !matches(spec.podSelector, labelsOf(own.pod)))
      continue;
    const types = spec.policyTypes ?? ['Ingress', ...((spec.egress ?? []).length > 0 ? ['Egress'] : [])];
    if (!types.includes(type)) continue;
    isolated = true;
    const rules =
      type === 'Ingress'
        ? (spec.ingress ?? []).map((rule) => ({ peers: rule.from, ports: rule.ports }))
        : (spec.egress ?? []).map((rule) => ({ peers: rule.to, ports: rule.ports }));
    for (const { peers = [], ports = [] } of rules) {
      const peerFits =
        peers.length === 0 || peers.some((one) => isPeerOf(one, peer, policy.metadata.namespace, options));
      const portFits = ports.length === 0 || ports.some((one) => isPortOf(one, destination, probe));
      if (peerFits && portFits) return true;
    }
  }
  return !isolated;
}

export function isPeerOf(
  { podSelector, namespaceSelector, ipBlock }: PolicyPeer,
  end: End,
  namespace: string | undefined,
  options: BruteOptions,
): boolean {
  if (ipBlock !== undefined) {
    if (end.pod !== undefined && !options.blocksFindPods) return false;
    const holds = (cidr: string) => Prefix.parse(cidr).contains(Address.parse(end.address));
    return holds(ipBlock.cidr) && !(ipBlock.except ?? []).some(holds);
  }
  if (end.pod === undefined) return false;
  const there = end.pod.metadata.namespace;
  if (namespaceSelector === undefined ? there !== namespace : !matches(namespaceSelector, namespaceLabels(there)))
    return false;
  return podSelector === undefined || matches(podSelector, labelsOf(end.pod));
}

export function isPortOf({ protocol = 'TCP', port, endPort }: PolicyPort, destination: End, probe: Probe): boolean {
  if (protocol.toLowerCase() !== probe.protocol) return false;
  if (port === undefined) return true;
  const first = typeof port === 'number' ? port : portNamed(destination.pod, port, protocol);
  return first !== undefined && first <= probe.port && probe.port <= (endPort ?? first);
}

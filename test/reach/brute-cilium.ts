import { Address } from '../../lib/net/address';
import { Prefix } from '../../lib/net/prefix';
import {
  isPeerOf,
  isPortOf,
  labelsOf,
  matches,
  namespaceLabels,
  portNamed,
  type End,
  type PolicySpec,
  type Selector,
} from './brute-force';
import type { Probe, Thing } from './small-world';

// Cilium's rules asked one by one for each pair and port, written without a look at the engine.

type Labels = Readonly<Record<string, string>>;

interface Rule {
  readonly fromEndpoints?: readonly Selector[];
  readonly toEndpoints?: readonly Selector[];
  readonly fromCIDR?: readonly string[];
  readonly toCIDR?: readonly string[];
  readonly fromCIDRSet?: readonly { readonly cidr: string; readonly except?: readonly string[] }[];
  readonly toCIDRSet?: readonly { readonly cidr: string; readonly except?: readonly string[] }[];
  readonly fromEntities?: readonly string[];
  readonly toEntities?: readonly string[];
  readonly toPorts?: readonly {
    readonly ports: readonly { readonly port: string; readonly endPort?: number; readonly protocol?: string }[];
  }[];
}

interface Spec {
  readonly endpointSelector: Selector;
  readonly ingress?: readonly Rule[];
  readonly ingressDeny?: readonly Rule[];
  readonly egress?: readonly Rule[];
  readonly egressDeny?: readonly Rule[];
  readonly enableDefaultDeny?: { readonly ingress?: boolean; readonly egress?: boolean };
}

/** Whether a connection passes by Cilium's policies and Kubernetes' own. */
export function passesCilium(policies: readonly Thing[], from: End, to: End, probe: Probe): boolean {
  return side(policies, 'egress', from, to, to, probe) && side(policies, 'ingress', to, from, to, probe);
}

function side(
  policies: readonly Thing[],
  direction: 'ingress' | 'egress',
  own: End,
  peer: End,
  destination: End,
  probe: Probe,
): boolean {
  if (own.pod === undefined) return true;
  let [isolated, allowed, denied] = [false, false, false];
  for (const policy of policies) {
    const { namespace } = policy.metadata;
    if (namespace !== undefined && namespace !== own.pod.metadata.namespace) continue;
    if (policy.kind === 'NetworkPolicy') {
      const spec = policy.spec as PolicySpec;
      if (!matches(spec.podSelector, labelsOf(own.pod))) continue;
      const types = spec.policyTypes ?? ['Ingress', ...((spec.egress ?? []).length > 0 ? ['Egress'] : [])];
      if (!types.includes(direction === 'ingress' ? 'Ingress' : 'Egress')) continue;
      isolated = true;
      const rules =
        direction === 'ingress'
          ? (spec.ingress ?? []).map(({ from: peers, ports }) => ({ peers, ports }))
          : (spec.egress ?? []).map(({ to: peers, ports }) => ({ peers, ports }));
      allowed ||= rules.some(
        ({ peers = [], ports = [] }) =>
          (peers.length === 0 || peers.some((one) => isPeerOf(one, peer, namespace, { blocksFindPods: false }))) &&
          (ports.length === 0 || ports.some((one) => isPortOf(one, destination, probe))),
      );
      continue;
    }
    const spec = policy.spec as Spec;
    if (!matches(plain(spec.endpointSelector), labelsWithNamespace(own))) continue;
    const [rules, denials] = [spec[direction] ?? [], spec[`${direction}Deny`] ?? []];
    if (rules.length + denials.length > 0 && (spec.enableDefaultDeny?.[direction] ?? true)) isolated = true;
    allowed ||= rules.some((rule) => fits(rule, peer, destination, namespace, probe));
    denied ||= denials.some((rule) => fits(rule, peer, destination, namespace, probe));
  }
  return !denied && (allowed || !isolated);
}

function fits(rule: Rule, peer: End, destination: End, namespace: string | undefined, probe: Probe): boolean {
  const [endpoints, cidrs, sets, entities] = [
    rule.fromEndpoints ?? rule.toEndpoints,
    rule.fromCIDR ?? rule.toCIDR,
    rule.fromCIDRSet ?? rule.toCIDRSet,
    rule.fromEntities ?? rule.toEntities,
  ];
  const saysWho = endpoints !== undefined || cidrs !== undefined || sets !== undefined || entities !== undefined;
  if (!saysWho && rule.toPorts === undefined) return false;
  const outside = peer.pod === undefined;
  const who =
    !saysWho ||
    (endpoints ?? []).some(
      (selector) => !outside && matches(withNamespace(selector, namespace), labelsWithNamespace(peer)),
    ) ||
    (cidrs ?? []).some((address) => outside && address === peer.address) ||
    (sets ?? []).some(
      ({ cidr, except = [] }) =>
        outside && holds(cidr, peer.address) && !except.some((hole) => holds(hole, peer.address)),
    ) ||
    (entities ?? []).some(
      (entity) => entity === 'all' || (entity === 'world' && outside) || (entity === 'cluster' && !outside),
    );
  return (
    who &&
    (rule.toPorts === undefined ||
      rule.toPorts.some(({ ports }) => ports.some((port) => isPort(port, destination, probe))))
  );
}

function holds(cidr: string, address: string): boolean {
  return Prefix.parse(cidr).contains(Address.parse(address));
}

function isPort(
  { port, endPort, protocol = 'ANY' }: { port: string; endPort?: number; protocol?: string },
  destination: End,
  probe: Probe,
): boolean {
  if (protocol !== 'ANY' && protocol.toLowerCase() !== probe.protocol) return false;
  if (port === '0') return true;
  const first = /^\d+$/.test(port) ? Number(port) : portNamed(destination.pod, port, protocol);
  return first !== undefined && first <= probe.port && probe.port <= (endPort ?? first);
}

function withNamespace(selector: Selector, namespace: string | undefined): Selector {
  const own = plain(selector);
  const speaks = Object.keys(own.matchLabels ?? {}).some(
    (key) => key === 'io.kubernetes.pod.namespace' || key.startsWith('io.cilium.k8s.namespace.labels.'),
  );
  return speaks || namespace === undefined
    ? own
    : { ...own, matchLabels: { ...own.matchLabels, 'io.kubernetes.pod.namespace': namespace } };
}

function plain(selector: Selector): Selector {
  return {
    ...selector,
    matchLabels: Object.fromEntries(
      Object.entries(selector.matchLabels ?? {}).map(([key, value]) => [key.replace(/^k8s:/, ''), value]),
    ),
  };
}

function labelsWithNamespace({ pod }: End): Labels {
  const namespace = pod?.metadata.namespace ?? '';
  const inherited: Record<string, string> = {};
  for (const [key, value] of Object.entries(namespaceLabels(namespace)))
    inherited[`io.cilium.k8s.namespace.labels.${key}`] = value;
  return {
    ...(pod === undefined ? {} : labelsOf(pod)),
    'io.kubernetes.pod.namespace': namespace,
    ...inherited,
  };
}

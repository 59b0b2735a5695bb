import type { Endpoint, HostEndpoint, PodsEndpoint } from './endpoint';
import type { Labels } from './labels';
import type { LabelTest } from './labels';
import type { Policy, Rule } from './policy';
import { NAMESPACE } from './pod-labels';
import { Traffic } from './traffic';
import type { PodGroup } from './workload';
import type { Service } from './service';

/** Endpoints that no policy can tell apart. */
export interface EndpointClass {
  readonly kind: 'pods' | 'host';
  readonly labels: Labels;
  readonly hostNetwork: boolean;
  readonly endpoint: PodsEndpoint | HostEndpoint;
  /** Ports by the names that policies use: `tcp/web`. */
  readonly ports: ReadonlyMap<string, Traffic>;
  /** The same for classes with the same ports. */
  readonly portsKey: string;
}

/** Sorts endpoints into classes by the labels, port names and addresses that policies look at. */
export function classify(
  endpoints: readonly (PodsEndpoint | HostEndpoint)[],
  policies: readonly Policy[],
  services: readonly Service[],
  labelsOf: (group: PodGroup) => Labels,
) {
  const used = usedBy(policies, services);
  const classes: EndpointClass[] = [];
  const indexes = new Map<string, number>();
  const classOf = new Map<Endpoint, number>();
  for (const endpoint of endpoints) {
    const labels = endpoint.kind === 'pods' ? labelsOf(endpoint.group) : endpoint.labels;
    const own = endpoint.kind === 'pods' ? endpoint.group : endpoint;
    const hostNetwork = endpoint.kind === 'pods' && endpoint.group.hostNetwork;
    const named = own.ports.filter(({ name }) => used.portNames.has(name));
    const portsKey = named.map(({ protocol, name, port }) => `${protocol}/${name}=${port}`).join(',');
    // No label, port or address holds a control character.
    let key = `${endpoint.kind === 'host' ? endpoint.id : ''}\u0000${hostNetwork}\u0000${portsKey}\u0000${own.addresses}`;
    for (const label of used.labels) {
      const value = labels[label];
      key += value === undefined ? '\u0001' : `\u0000${value}`;
    }
    let index = indexes.get(key);
    if (index === undefined) {
      index = classes.length;
      indexes.set(key, index);
      const ports = new Map<string, Traffic>();
      for (const { protocol, name, port } of named) {
        const port1 = Traffic.range(protocol, port);
        ports.set(`${protocol}/${name}`, (ports.get(`${protocol}/${name}`) ?? Traffic.none).union(port1));
      }
      classes.push({
        kind: endpoint.kind,
        labels,
        hostNetwork,
        endpoint,
        ports,
        portsKey,
      });
    }
    classOf.set(endpoint, index);
  }
  return { classes, classOf };
}

function usedBy(
  policies: readonly Policy[],
  services: readonly Service[],
): { labels: string[]; portNames: Set<string> } {
  const labels = new Set<string>([NAMESPACE]);
  const portNames = new Set<string>();
  const look = (test: LabelTest | undefined) => test?.looksAt.forEach((key) => labels.add(key));
  const lookRule = (rule: Rule) => {
    look(rule.local);
    for (const peer of rule.peers) {
      look(peer.pods);
      look(peer.nodes);
    }
    for (const { name } of rule.ports.named) portNames.add(name);
  };
  for (const policy of policies) {
    look(policy.subject);
    for (const side of [policy.sides.ingress, policy.sides.egress]) side?.rules.forEach(lookRule);
  }
  for (const service of services) {
    look(service.pods);
    for (const { target } of service.ports) if (typeof target === 'string') portNames.add(target);
  }
  return { labels: [...labels].sort(), portNames };
}

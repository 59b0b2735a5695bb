import type { SpecPath } from '../spec/finding';

/** Functions of which a cluster has one owner per scope. The list is closed, so that a misspelt one does not compile. */
export type CapabilityName =
  | 'api-address'
  | 'bgp-session'
  | 'certificates'
  | 'cluster-dns'
  | 'control-plane'
  | 'crds'
  | 'gitops'
  | 'host-firewall'
  | 'ingress-port'
  | 'ingress-routing'
  | 'load-balancer-addresses'
  | 'load-balancer-announcement'
  | 'namespaces'
  | 'network-policies'
  | 'overlay'
  | 'pod-network'
  | 'policy-engine'
  | 'service-routing'
  | 'storage'
  | 'swarm'
  | 'workloads'
  | 'zone';

/** What it is provided for: `80/tcp on every node`, `crds of traefik.io`. Absent: the whole cluster. */
export interface Capability {
  readonly name: CapabilityName;
  readonly scope?: string;
}

export interface Provided extends Capability {
  readonly owner: string;
  /** What stops working when the owner fails, in a sentence. */
  readonly failure: string;
  /** The process that does it, where one process does several: they fail together. Absent: one of its own. */
  readonly process?: string;
  readonly source: SpecPath;
}

export interface Required extends Capability {
  readonly owner: string;
  /** Who uses it, where that is not the owner's own process: it must exist, and the owner starts without it. */
  readonly usedBy?: string;
  readonly source: SpecPath;
}

/** Functions of the whole cluster that a component cannot start without, all for what stands at one place of the spec. */
export function requireAll(source: SpecPath, ...names: readonly CapabilityName[]): Omit<Required, 'owner'>[] {
  return names.map((name) => ({ name, source }));
}

/** Who has a function of the whole cluster. Undefined: nobody does. */
export function ownerOf(
  { provided }: { readonly provided: readonly Provided[] },
  name: CapabilityName,
): string | undefined {
  return provided.find((one) => one.name === name)?.owner;
}

export function printCapability(capability: Capability): string {
  return capability.scope === undefined ? capability.name : `${capability.name}: ${capability.scope}`;
}

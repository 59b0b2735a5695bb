import type { Chart } from 'cdk8s';
import type { Declarations, Declared } from '../plan/declares';
import type { HostNeeds } from '../plan/host-needs';
import { oncePerName } from '../plan/once';
import type { Plan } from '../plan/plan';
import { rendersPolicies } from '../plan/policies';
import type { HelmRelease } from '../plan/helm-release';
import type { Cluster } from '../spec/cluster';
import type { Commands } from './commands';
import { addHelmChart, installedByK3s, installer, releaseFlows } from './helm-chart';

/** What sets a component's flows apart from those of most. */
export type FlowTrait =
  /** An operator asked for each of them, and can say in the spec what protects it. */
  | 'asked-for'
  /** They go on whatever networks there are, and do not show which ones a cluster uses. */
  | 'everywhere'
  /** What of them is in clear is there for everyone to read. */
  | 'public';

/** A component of a cluster: a folder of its own, and one line in the registry. */
export interface Component<O> extends Declarations<O> {
  readonly name: string;
  /** What people call it. @default its name with a capital letter in front */
  readonly title?: string;
  /** What holds of all of its flows. @default none */
  readonly flowTraits?: readonly FlowTrait[];
  /** Its options in this cluster; undefined: it is not part of it. */
  options(spec: Cluster): O | undefined;
  /** What shows it at work, for the document. @default nothing of its own */
  commands?(options: O, spec: Cluster): Commands;
  /** What it wants of one node's machine. */
  host?(options: O, plan: Plan, node: string): HostNeeds;
  /** Objects that K3s applies at the cluster's first start, before Argo CD exists. */
  bootstrap?(chart: Chart, options: O, plan: Plan): void;
  /** Whether there are any objects for K3s. @default yes, where there is a `bootstrap` */
  bootstraps?(options: O, spec: Cluster): boolean;
  /** Whether there are any objects for Argo CD. @default yes, where there is a `manifests` */
  delivers?(options: O, spec: Cluster): boolean;
  /** Objects that Argo CD applies. Constructs only: everything was decided in the plan. */
  manifests?(chart: Chart, options: O, plan: Plan): void;
}

/** A component with its options filled in, so that components of different options stand in one list. */
export interface Bound extends Declared {
  commands(): Commands;
  host(plan: Plan, node: string): HostNeeds;
  readonly bootstrap?: (chart: Chart, plan: Plan) => void;
  readonly manifests?: (chart: Chart, plan: Plan) => void;
}

/** A line of the registry. */
export interface Registered {
  readonly name: string;
  readonly title?: string;
  readonly flowTraits: readonly FlowTrait[];
  bind(spec: Cluster): Bound | undefined;
}

/** Whoever has objects in a namespace waits for it. */
const NAMESPACES = { name: 'namespaces', source: [] } as const;
/** And for the policies that close it, unless K3s started it before there were any. */
const POLICIES = { name: 'network-policies', source: [] } as const;

/** Makes a component fit for the registry: its options are looked up once, its name is put on all it declares. */
export function register<O>(component: Component<O>): Registered {
  const { name, title, flowTraits = [] } = component;
  return {
    name,
    ...(title === undefined ? {} : { title }),
    flowTraits,
    bind(spec) {
      const options = component.options(spec);
      if (options === undefined) return undefined;
      const podNetwork = () => component.podNetwork?.(options, spec);
      const namespaces = component.namespaces?.(options, spec) ?? [];
      const made = component.helm?.(options, spec);
      const release = made === undefined ? undefined : { ...made, owner: name };
      const bootstrap = bootstrapOf(component, options, release, spec);
      return {
        name,
        delivers: component.manifests !== undefined && component.delivers?.(options, spec) !== false,
        namespaces: () => namespaces,
        helm: () => release,
        loadBalancers: () => owned(name, component.loadBalancers?.(options, spec)),
        reservedServices: () => owned(name, component.reservedServices?.(options, spec)),
        provides: () => owned(name, component.provides?.(options, spec)),
        requires: () =>
          owned(name, [
            ...(component.requires?.(options, spec) ?? []),
            ...(namespaces.length > 0 ? [NAMESPACES] : []),
            ...(namespaces.length > 0 && bootstrap === undefined && rendersPolicies(spec) ? [POLICIES] : []),
          ]),
        claims: () => component.claims?.(options, spec) ?? [],
        listeners: (services = []) => owned(name, component.listeners?.(options, spec, services)),
        flows: (services = []) =>
          [...(component.flows?.(options, spec, services) ?? []), ...(release ? releaseFlows(release, spec) : [])].map(
            (flow) => ({
              ...flow,
              declaredBy: name,
            }),
          ),
        workloads: (services = []) =>
          owned(name, [
            ...(component.workloads?.(options, spec, services) ?? []),
            ...(release ? installer(release, spec) : []),
          ]),
        secrets: () => owned(name, component.secrets?.(options, spec)),
        hosts: () => owned(name, component.hosts?.(options, spec)),
        mtu: () => owned(name, component.mtu?.(options, spec)),
        podNetwork: () => {
          const network = podNetwork();
          return network === undefined ? undefined : { ...network, owner: name };
        },
        k3s: (node) => owned(name, component.k3s?.(options, spec, node)),
        stack: () => ({ ...component.stack?.(options, spec), owner: name }),
        commands: () => component.commands?.(options, spec) ?? {},
        notes: (services = []) => component.notes?.(options, spec, services) ?? [],
        // The files and the document ask for the same needs; a firewall of many rules is not worked out twice.
        host: oncePerName((plan: Plan, node) => component.host?.(options, plan, node) ?? {}),
        ...(bootstrap ? { bootstrap } : {}),
        ...(component.manifests
          ? { manifests: (chart: Chart, plan: Plan) => component.manifests?.(chart, options, plan) }
          : {}),
      };
    },
  };
}

/** What K3s applies first: the component's own objects, and its chart where K3s is to install it. */
function bootstrapOf<O>(
  component: Component<O>,
  options: O,
  release: HelmRelease | undefined,
  spec: Cluster,
): Bound['bootstrap'] {
  const byK3s = release !== undefined && installedByK3s(release, spec);
  const own = component.bootstrap !== undefined && component.bootstraps?.(options, spec) !== false;
  if (!own && !byK3s) return undefined;
  return (chart, plan) => {
    if (own) component.bootstrap?.(chart, options, plan);
    if (byK3s) addHelmChart(chart, release);
  };
}

function owned<T extends object>(owner: string, items: readonly T[] | undefined): (T & { owner: string })[] {
  return (items ?? []).map((item) => ({ ...item, owner }));
}

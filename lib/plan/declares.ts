import type { Cluster } from '../spec/cluster';
import type { Provided, Required } from './capability';
import type { Claim } from './claim';
import type { Flow } from './flow';
import type { HelmRelease } from './helm-release';
import type { K3sFlag } from './host-needs';
import type { Listener } from './listener';
import type { LoadBalancerService } from './load-balancer';
import type { NamespaceNeed } from './namespace';
import type { PodNetwork } from './pod-network';
import type { ReservedService } from './reserved-service';
import type { ServedHost } from './served-host';
import type { StackPart } from './stack';
import type { SecretNeed, Workload } from './workload';
import type { MtuSum } from '../net/mtu';

type Services = readonly LoadBalancerService[];

/** A paragraph of the network's document that only a component can know. */
export interface Note {
  readonly section:
    | 'nodes'
    /** A setting, its title, with an address that nobody dials by it: whose that is, and what for. */
    | 'told'
    | 'pod-network'
    | 'services'
    | 'ingress'
    | 'dns'
    | 'firewall'
    | 'policies'
    | 'delivery'
    | 'first-start'
    /** At the first start, once the first server runs and before others join. */
    | 'first-server'
    /** At the first start, once overlays are up and before K3s: what else the machines run. */
    | 'first-services'
    | 'operations';
  readonly title: string;
  /** Markdown. */
  readonly text: string;
}

/** The MTU of one kind of interface, with its sum. */
export interface MtuPath {
  readonly device: string;
  readonly on: string;
  readonly sum: MtuSum;
  readonly owner: string;
}

/**
 * What a component says of itself, all of it pure data that follows from the spec and its options. `services` are all
 * components' LoadBalancer Services: whoever opens ports for them says so.
 */
export interface Declarations<O> {
  provides?(options: O, spec: Cluster): readonly Omit<Provided, 'owner'>[];
  requires?(options: O, spec: Cluster): readonly Omit<Required, 'owner'>[];
  claims?(options: O, spec: Cluster): readonly Claim[];
  listeners?(options: O, spec: Cluster, services: Services): readonly Omit<Listener, 'owner'>[];
  flows?(options: O, spec: Cluster, services: Services): readonly Omit<Flow, 'declaredBy'>[];
  workloads?(options: O, spec: Cluster, services: Services): readonly Omit<Workload, 'owner'>[];
  secrets?(options: O, spec: Cluster): readonly Omit<SecretNeed, 'owner'>[];
  /** Namespaces it wants to be there. */
  namespaces?(options: O, spec: Cluster): readonly NamespaceNeed[];
  /** The chart it is installed by. Where there is one, Argo CD or K3s installs it and its flows are declared with it. */
  helm?(options: O, spec: Cluster): Omit<HelmRelease, 'owner'> | undefined;
  /** Services that want addresses of their own. */
  loadBalancers?(options: O, spec: Cluster): readonly Omit<LoadBalancerService, 'owner'>[];
  /** Services that K3s or its chart makes for it, so that nobody else may give one their names. */
  reservedServices?(options: O, spec: Cluster): readonly Omit<ReservedService, 'owner'>[];
  /** Host names by which requests from outside reach pods of its own. */
  hosts?(options: O, spec: Cluster): readonly Omit<ServedHost, 'owner'>[];
  mtu?(options: O, spec: Cluster): readonly Omit<MtuPath, 'owner'>[];
  podNetwork?(options: O, spec: Cluster): Omit<PodNetwork, 'owner'>;
  /** Lines of the K3s config of one node. */
  k3s?(options: O, spec: Cluster, node: string): readonly Omit<K3sFlag, 'owner'>[];
  /** What it runs on the Swarm. */
  stack?(options: O, spec: Cluster): StackPart;
  notes?(options: O, spec: Cluster, services: Services): readonly Note[];
}

/** A component's declarations with its options and its name filled in: what `resolve` reads. */
export interface Declared {
  readonly name: string;
  /** Whether it has objects that Argo CD applies. */
  readonly delivers: boolean;
  provides(): readonly Provided[];
  requires(): readonly Required[];
  claims(): readonly Claim[];
  listeners(services?: Services): readonly Listener[];
  flows(services?: Services): readonly Flow[];
  workloads(services?: Services): readonly Workload[];
  secrets(): readonly SecretNeed[];
  namespaces(): readonly NamespaceNeed[];
  helm(): HelmRelease | undefined;
  loadBalancers(): readonly LoadBalancerService[];
  reservedServices(): readonly ReservedService[];
  hosts(): readonly ServedHost[];
  mtu(): readonly MtuPath[];
  podNetwork(): PodNetwork | undefined;
  k3s(node: string): readonly K3sFlag[];
  stack(): StackPart & { readonly owner: string };
  notes(services?: Services): readonly Note[];
}

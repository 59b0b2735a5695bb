import type { Cluster } from '../spec/cluster';
import type { Provided, Required } from './capability';
import type { Claim } from './claim';
import type { MtuPath, Note } from './declares';
import type { WorkloadName } from './endpoint';
import type { Flow } from './flow';
import type { HelmRelease } from './helm-release';
import type { K3sFlag } from './host-needs';
import type { Listener } from './listener';
import type { LoadBalancerService } from './load-balancer';
import type { Namespace } from './namespace';
import type { PodNetwork } from './pod-network';
import type { PublicRecord } from './public-record';
import type { ReservedService } from './reserved-service';
import type { ServedHost } from './served-host';
import type { StackPart } from './stack';
import type { SecretNeed, Workload } from './workload';

/** Everything that is known of a cluster's network before a byte of it is rendered. Pure data, in a stable order. */
export interface Plan {
  readonly spec: Cluster;
  /** Components of this cluster, by name, in code-unit order. */
  readonly components: readonly string[];
  /** Those of them that have objects which Argo CD applies. */
  readonly delivered: readonly string[];
  readonly claims: readonly Claim[];
  readonly listeners: readonly Listener[];
  readonly flows: readonly Flow[];
  readonly provided: readonly Provided[];
  readonly required: readonly Required[];
  readonly workloads: ReadonlyMap<WorkloadName, Workload>;
  readonly secrets: readonly SecretNeed[];
  /** Namespaces that somebody wants and Kubernetes does not make by itself. */
  readonly namespaces: readonly Namespace[];
  /** Charts that Argo CD installs, or K3s before it. */
  readonly releases: readonly HelmRelease[];
  /** Services that have addresses of their own. */
  readonly loadBalancers: readonly LoadBalancerService[];
  /** Services that nobody renders and the cluster has all the same. */
  readonly reservedServices: readonly ReservedService[];
  /** Host names that lead to pods, in the order in which they are declared. */
  readonly hosts: readonly ServedHost[];
  /** What public DNS must hold. */
  readonly records: readonly PublicRecord[];
  readonly mtu: readonly MtuPath[];
  readonly podNetwork: PodNetwork;
  /** K3s's config of each node, by the node's name in the spec. */
  readonly k3sFlags: ReadonlyMap<string, readonly K3sFlag[]>;
  /** What components run on the Swarm, in the order of their names. */
  readonly stack: readonly (StackPart & { readonly owner: string })[];
  /** Argo CD's sync wave of each component: a component comes after all whose capabilities it requires. */
  readonly waves: ReadonlyMap<string, number>;
  readonly notes: readonly Note[];
}

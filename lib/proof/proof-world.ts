import { AddressSet } from '../net/address-set';
import { beyondCluster } from '../plan/beyond-cluster';
import { podAddresses, podFamilies, serviceAddresses } from '../plan/cluster-ranges';
import { oncePer } from '../plan/once';
import type { Plan } from '../plan/plan';
import { podNamespaces } from '../plan/pod-rules';
import { podRanges, type PodPeer } from '../plan/seen-by-pods';
import type { Workload } from '../plan/workload';
import type { PodsEndpoint } from '../reach/endpoint';
import type { Engine } from '../reach/engine';
import type { Direction } from '../reach/policy';
import type { Manifest, Placed } from '../reach/manifest';
import { Reach } from '../reach/reach';
import { isRead, worldOf } from '../reach/world';
import type { Finding } from '../spec/finding';
import { WORKLOAD_KINDS } from '../reach/workload';
import { sortedBy } from '../text/compare';
import type { PodFlow } from './pod-flow';
import { allNodeAddresses } from '../plan/nodes';

/** A rendered object, and where it stands. */
export interface PlacedObject extends Placed {
  readonly json: Readonly<Record<string, unknown>>;
}

/** Pods that policies are asked about. */
export interface PodsEnd {
  /** `namespace/name`. */
  readonly name: string;
  readonly namespace: string;
  readonly endpoint: PodsEndpoint;
  /** What the plan knows of them. */
  readonly workload?: Workload;
  /** Stands for pods of the namespace that nobody speaks of. */
  readonly unnamed: boolean;
  /** Of a namespace that the plan does not speak of: no policy is for them. */
  readonly foreign: boolean;
}

/** The rendered policies, and everybody they could be about. */
export interface ProofWorld {
  readonly reach: Reach;
  readonly ends: readonly PodsEnd[];
  /** Addresses that are worth asking about: those of pods and Services no engine meets, and nodes are called by their own. */
  readonly judged: Readonly<Record<Direction, AddressSet>>;
  /** Invalid policies among the rendered ones. */
  readonly findings: readonly Finding[];
}

/** Who enforces policies in a cluster; undefined if it runs no pods. */
export function engineOf({ spec }: Plan): Engine | undefined {
  switch (spec.cni.kind) {
    case 'flannel':
      return 'k3s';
    case 'none':
      return undefined;
    default:
      return spec.cni.kind;
  }
}

/**
 * Reads rendered objects and adds the pods that charts make, as the plan describes them, and in each namespace one that
 * nobody speaks of: what policies let it do, they let everyone do.
 */
export function proofWorld(
  plan: Plan,
  objects: readonly PlacedObject[],
  engine: Engine,
  flows: readonly PodFlow[],
): ProofWorld {
  const rendered = objects.map(asManifest).filter(isRead);
  const known = new Set(rendered.filter(({ kind }) => WORKLOAD_KINDS.includes(kind)).map(nameOf));
  const missing = [...plan.workloads.values()].filter(({ name }) => !known.has(name));
  const namespaces = new Set(podNamespaces(plan));
  const unnamed = new Set([...namespaces, ELSEWHERE]);
  const { world, findings } = worldOf([...rendered, ...missing.map(podsOf), ...[...unnamed].map(nobody)]);
  const { judged, cuts, podRanges } = addressesOf(plan, flows);
  const reach = new Reach(
    // Under which addresses a Service's clients arrive the plan says itself.
    { ...world, services: world.services.map((service) => ({ ...service, hidesClients: false })) },
    { engine, podRanges, cuts },
  );
  return {
    reach,
    ends: endsOf(reach, plan, namespaces),
    judged,
    findings: findings.filter(({ severity }) => severity === 'error'),
  };
}

/** No workload is named so: a name of Kubernetes has no spaces. */
const UNNAMED = '(any other pod)';
/** A namespace that nobody speaks of. */
const ELSEWHERE = '(any other namespace)';

function endsOf({ endpoints }: Reach, plan: Plan, namespaces: ReadonlySet<string>): PodsEnd[] {
  const ends = endpoints.flatMap((endpoint): PodsEnd[] => {
    if (endpoint.kind !== 'pods' || endpoint.group.hostNetwork) return [];
    const { namespace, name } = endpoint.workload;
    const workload = plan.workloads.get(`${namespace}/${name}`);
    const foreign = !namespaces.has(namespace);
    const end = { name: nameOfEnd(namespace, name), namespace, endpoint, unnamed: name === UNNAMED, foreign };
    return [workload === undefined ? end : { ...end, workload }];
  });
  return sortedBy(ends, ({ endpoint }) => endpoint.id);
}

function nameOfEnd(namespace: string, name: string): string {
  if (name !== UNNAMED) return `${namespace}/${name}`;
  return namespace === ELSEWHERE ? 'a pod of any other namespace' : `any other pod of ${namespace}`;
}

function nobody(namespace: string): Manifest {
  return deployment(namespace, UNNAMED, {}, false);
}

function asManifest(object: PlacedObject): Manifest {
  const { apiVersion, kind } = object.json;
  return {
    apiVersion: typeof apiVersion === 'string' ? apiVersion : '',
    kind: typeof kind === 'string' ? kind : '',
    value: object.json,
    document: object,
    path: [],
  };
}

function nameOf({ value }: Manifest): string {
  const { namespace, name } = value.metadata as { readonly namespace?: string; readonly name: string };
  return `${namespace ?? ''}/${name}`;
}

function podsOf({ namespace, name, labels, hostNetwork }: Workload): Manifest {
  return deployment(namespace, name.slice(namespace.length + 1), labels, hostNetwork);
}

function deployment(namespace: string, name: string, labels: Workload['labels'], hostNetwork: boolean): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    value: {
      metadata: { namespace, name },
      spec: { replicas: 2, template: { metadata: { labels }, spec: { hostNetwork } } },
    },
    document: { place: () => `${namespace}/${name}` },
    path: [],
  };
}

/** Addresses by which ends are met, cut where the plan's flows tell them apart. */
function addressesOf(plan: Plan, flows: readonly PodFlow[]) {
  const judged = judgedAddresses(plan);
  const cuts = (direction: Direction, peers: readonly PodPeer[]) => {
    const given = peers.flatMap((peer) =>
      'addresses' in peer && peer.addresses !== undefined ? [peer.addresses] : [],
    );
    return [...new Set([...given, judged[direction], beyondCluster(plan)])];
  };
  return {
    podRanges: podRanges(plan),
    judged,
    cuts: {
      ingress: cuts(
        'ingress',
        flows.flatMap(({ callers }) => callers),
      ),
      egress: cuts(
        'egress',
        flows.flatMap(({ called }) => called),
      ),
    },
  };
}

const judgedAddresses = oncePer((plan: Plan) => {
  const { spec, podNetwork } = plan;
  const asNodes = podNetwork.nodesAppearAs ?? AddressSet.empty;
  const podsOnly = podAddresses(spec).difference(asNodes);
  const services = serviceAddresses(spec);
  // Cilium knows nodes by what they are, not by their addresses.
  const nodes = spec.cni.kind === 'cilium' ? allNodeAddresses(spec) : AddressSet.empty;
  const families = AddressSet.of(
    ...podFamilies(spec).map((family) => (family === 4 ? AddressSet.all4 : AddressSet.all6)),
  );
  return {
    ingress: families.difference(AddressSet.of(podsOnly, services, nodes)),
    egress: families.difference(AddressSet.of(...spec.k3s.clusterCidrs, services, nodes)),
  };
});

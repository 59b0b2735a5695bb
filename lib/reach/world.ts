import type { Finding } from '../spec/finding';
import { readNetworkSet } from './calico-entity';
import { readHostEndpoint } from './calico-host';
import { readCalicoPolicy } from './calico-policy';
import type { Tier, Tiers } from './tier';
import { readCidrGroup } from './cilium-cidr';
import { readCiliumPolicy } from './cilium-policy';
import type { HostEndpoint } from './endpoint';
import type { Engine } from './engine';
import { Field, Problems } from './field';
import type { Labels } from './labels';
import type { Manifest, ManifestFile } from './manifest';
import { reportIneffective } from './ineffective';
import { readManifests } from './manifest-reader';
import { readNetworkPolicy } from './network-policy';
import { ciliumNodes } from './node';
import { testedLabels } from './pod-labels';
import type { Policy } from './policy';
import { readService, type Service } from './service';
import { Strangers } from './strangers';
import { readIngress, readRoute, type Backend } from './ingress-backend';
import type { Surroundings } from './surroundings';
import { nameOf, namespaceOf, WORKLOAD_KINDS, Workloads, type PodGroup, type Workload } from './workload';

/** Everything in a tree of manifests that has a say in who reaches whom. */
export interface World {
  readonly workloads: readonly Workload[];
  readonly services: readonly Service[];
  readonly policies: readonly Policy[];
  /** Services that Ingresses and Routes send requests to. */
  readonly backends: readonly Backend[];
  /** Calico's tiers by their names. */
  readonly tiers: Tiers;
  /** Nodes and interfaces that an engine's policies can be for. */
  hosts(engine: Engine): readonly HostEndpoint[];
  /** What a policy may ask of a pod. */
  labelsOf(group: PodGroup): Labels;
}

/** Reads all files. Findings tell what is invalid, has no effect, cannot be read or is not understood. */
export function readWorld(files: readonly ManifestFile[]): { world: World; findings: Finding[] } {
  const { manifests, findings } = readManifests(files);
  const made = worldOf(manifests);
  return { world: made.world, findings: [...findings, ...made.findings] };
}

/** The same of objects that are at hand already. */
export function worldOf(manifests: readonly Manifest[]): { world: World; findings: Finding[] } {
  const problems = new Problems();
  const fields = withoutTwins(manifests, problems).map((manifest) => ({
    field: Field.of(manifest, problems),
    type: typeOf(manifest),
  }));
  const of = <T>(types: readonly string[], read: (field: Field) => T) =>
    fields.filter(({ type }) => types.includes(type)).map(({ field }) => read(field));
  const workloads = new Workloads();
  for (const { field, type } of fields) if (WORKLOADS.includes(type)) workloads.add(field);
  const surroundings: Surroundings = {
    services: of(['/Service'], readService),
    cidrGroups: of(['cilium.io/CiliumCIDRGroup'], readCidrGroup),
    networkSets: [
      ...of(calico('GlobalNetworkSet'), (field) => readNetworkSet(field, undefined)),
      ...of(calico('NetworkSet'), (field) => readNetworkSet(field, namespaceOf(field))),
    ],
  };
  const policies = fields.flatMap(({ field, type }) => POLICIES[type]?.(field, surroundings) ?? []);
  const list = workloads.list();
  const labels = labelsOfAll(
    list,
    new Map(of(['/Namespace'], (field): [string, Labels] => [nameOf(field), namespaceLabels(field)])),
    new Map(of(['/ServiceAccount'], accountLabels)),
  );
  const nodes = of(['/Node'], (field) => ({ name: nameOf(field), labels: field.in('metadata', 'labels').labels() }));
  const hosts: Readonly<Partial<Record<Engine, readonly HostEndpoint[]>>> = {
    cilium: ciliumNodes(nodes, policies),
    calico: of(calico('HostEndpoint'), readHostEndpoint),
  };
  const strangers = new Strangers();
  for (const { field, type } of fields) if (!READ.has(type)) strangers.add(field, type.slice(0, type.lastIndexOf('/')));
  const world: World = {
    workloads: list,
    services: surroundings.services,
    policies,
    backends: [
      ...of(['networking.k8s.io/Ingress', 'extensions/Ingress'], readIngress),
      ...of(['route.openshift.io/Route'], readRoute),
    ].flat(),
    tiers: new Map(of(calico('Tier'), readTier)),
    hosts: (engine) => hosts[engine] ?? [],
    labelsOf: (group) => labels.get(group) ?? {},
  };
  reportIneffective(policies, surroundings.services, [...labels.values()]);
  return { world, findings: [...problems.findings, ...strangers.findings()] };
}

/** Whether an object has a say in who reaches whom. */
export function isRead(manifest: Manifest): boolean {
  return READ.has(typeOf(manifest));
}

/** `group/Kind`, whatever the version. */
function typeOf({ apiVersion, kind }: Manifest): string {
  const slash = apiVersion.indexOf('/');
  return `${slash < 0 ? '' : apiVersion.slice(0, slash)}/${kind}`;
}

/** Calico's kinds are served under one name and kept under another. */
function calico(kind: string): string[] {
  return [`projectcalico.org/${kind}`, `crd.projectcalico.org/${kind}`];
}

type PolicyReader = (field: Field, surroundings: Surroundings) => Policy[];

const readCalico: PolicyReader = (field, surroundings) => [readCalicoPolicy(field, surroundings)];

const POLICIES: Readonly<Record<string, PolicyReader>> = {
  'networking.k8s.io/NetworkPolicy': (field) => [readNetworkPolicy(field)],
  'extensions/NetworkPolicy': (field) => [readNetworkPolicy(field)],
  // The items of a NetworkPolicyList need not repeat their version.
  '/NetworkPolicy': (field) => [readNetworkPolicy(field)],
  'cilium.io/CiliumNetworkPolicy': readCiliumPolicy,
  'cilium.io/CiliumClusterwideNetworkPolicy': readCiliumPolicy,
  ...Object.fromEntries(
    [...calico('NetworkPolicy'), ...calico('GlobalNetworkPolicy')].map((type) => [type, readCalico]),
  ),
};

/** Workloads have been in these groups; the items of a PodList have none. */
const WORKLOADS = ['', 'apps', 'batch', 'extensions'].flatMap((group) =>
  WORKLOAD_KINDS.map((kind) => `${group}/${kind}`),
);

const READ = new Set([
  ...Object.keys(POLICIES),
  ...WORKLOADS,
  ...['/Namespace', '/Service', '/ServiceAccount', '/Node', 'cilium.io/CiliumCIDRGroup'],
  ...['networking.k8s.io/Ingress', 'extensions/Ingress', 'route.openshift.io/Route'],
  ...['GlobalNetworkSet', 'NetworkSet', 'HostEndpoint', 'Tier'].flatMap(calico),
]);

function labelsOfAll(
  workloads: readonly Workload[],
  namespaces: ReadonlyMap<string, Labels>,
  accounts: ReadonlyMap<string, Labels>,
): Map<PodGroup, Labels> {
  const labels = new Map<PodGroup, Labels>();
  for (const pods of workloads.flatMap(({ groups }) => groups)) {
    const ofNamespace = namespaces.get(pods.namespace) ?? { [METADATA_NAME]: pods.namespace };
    labels.set(pods, testedLabels(pods, ofNamespace, accounts.get(`${pods.namespace}/${pods.serviceAccount}`) ?? {}));
  }
  return labels;
}

function accountLabels(field: Field): [string, Labels] {
  return [`${namespaceOf(field)}/${nameOf(field)}`, field.in('metadata', 'labels').labels()];
}

function readTier(field: Field): [string, Tier] {
  const { value } = field.in('spec', 'order');
  return [
    nameOf(field),
    {
      order: typeof value === 'number' ? value : Infinity,
      end: field.in('spec', 'defaultAction').value === 'Pass' ? 'next' : 'deny',
    },
  ];
}

/** Set by the API server on every namespace. Source: Kubernetes docs, well-known labels. */
const METADATA_NAME = 'kubernetes.io/metadata.name';

function namespaceLabels(field: Field): Labels {
  return { ...field.in('metadata', 'labels').labels(), [METADATA_NAME]: nameOf(field) };
}

/** Of two objects of one kind and name the later overwrites the earlier, which matters if they say different things. */
function withoutTwins(manifests: readonly Manifest[], problems: Problems): Manifest[] {
  const last = new Map<string, Manifest>();
  for (const manifest of manifests) {
    const field = Field.of(manifest, problems);
    const name = nameOf(field);
    const key = `${typeOf(manifest)} ${namespaceOf(field)}/${name}`;
    const twin = name === '' ? undefined : last.get(key);
    if (twin !== undefined && READ.has(typeOf(manifest)) && said(Field.of(twin, problems)) !== said(field)) {
      const first = twin.document.place(twin.path);
      problems.add(field, 'OBJECT_TWICE', 'error', `overwrites another of the same name, which stands at ${first}`);
    }
    last.set(name === '' ? `${key} ${last.size}` : key, manifest);
  }
  return [...last.values()];
}

/** What of an object the engine reads. Annotations, such as Argo CD's, may differ. */
function said(field: Field): string {
  const { value } = field.manifest;
  return JSON.stringify([field.in('metadata', 'labels').value, value.spec, value.specs, value.status]);
}

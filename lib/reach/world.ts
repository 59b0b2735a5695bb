import type { Finding } from '../spec/finding';
import type { Tiers } from './calico-tiers';
import type { HostEndpoint } from './endpoint';
import type { Engine } from './engine';
import { Field, objectName, Problems } from './field';
import type { Labels } from './labels';
import type { Manifest, ManifestFile } from './manifest';
import { readManifests } from './manifest-reader';
import { readNetworkPolicy } from './network-policy';
import { testedLabels } from './pod-labels';
import type { Policy } from './policy';
import { readService, type Service } from './service';
import { Strangers } from './strangers';
import { nameOf, namespaceOf, WORKLOAD_KINDS, Workloads, type PodGroup, type Workload } from './workload';

/** Everything in a tree of manifests that has a say in who reaches whom. */
export interface World {
  readonly workloads: readonly Workload[];
  readonly services: readonly Service[];
  readonly policies: readonly Policy[];
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
  const problems = new Problems();
  const strangers = new Strangers();
  const namespaces = new Map<string, Labels>();
  const accounts = new Map<string, Labels>();
  const workloads = new Workloads();
  const services: Service[] = [];
  const policies: Policy[] = [];
  for (const manifest of withoutTwins(manifests, problems)) {
    const field = Field.of(manifest, problems);
    const group = manifest.apiVersion.includes('/') ? manifest.apiVersion.slice(0, manifest.apiVersion.indexOf('/')) : '';
    const read = READERS[`${group}/${manifest.kind}`];
    if (read !== undefined) policies.push(...read(field));
    else if (isWorkload(group, manifest.kind)) workloads.add(field);
    else if (group === '' && manifest.kind === 'Namespace') namespaces.set(nameOf(field), namespaceLabels(field));
    else if (group === '' && manifest.kind === 'ServiceAccount') accounts.set(`${namespaceOf(field)}/${nameOf(field)}`, field.in('metadata', 'labels').labels());
    else if (group === '' && manifest.kind === 'Service') services.push(readService(field));
    else strangers.add(field, group);
  }
  const labels = new Map<PodGroup, Labels>();
  const list = workloads.list();
  for (const pods of list.flatMap(({ groups }) => groups)) {
    const ofNamespace = namespaces.get(pods.namespace) ?? { [METADATA_NAME]: pods.namespace };
    labels.set(pods, testedLabels(pods, ofNamespace, accounts.get(`${pods.namespace}/${pods.serviceAccount}`) ?? {}));
  }
  const world = { workloads: list, services, policies, tiers: new Map(), hosts: () => [], labelsOf: (group: PodGroup) => labels.get(group) ?? {} };
  return { world, findings: [...findings, ...problems.findings, ...strangers.findings()] };
}

/** Set by the API server on every namespace. Source: Kubernetes docs, well-known labels. */
const METADATA_NAME = 'kubernetes.io/metadata.name';

function namespaceLabels(field: Field): Labels {
  return { ...field.in('metadata', 'labels').labels(), [METADATA_NAME]: nameOf(field) };
}

const READERS: Readonly<Record<string, (field: Field) => Policy[]>> = {
  'networking.k8s.io/NetworkPolicy': (field) => [readNetworkPolicy(field)],
  'extensions/NetworkPolicy': (field) => [readNetworkPolicy(field)],
};

/** Groups that workloads have been in; the items of a PodList have none. */
const WORKLOAD_GROUPS = ['', 'apps', 'batch', 'extensions'];

function isWorkload(group: string, kind: string): boolean {
  return WORKLOAD_GROUPS.includes(group) && WORKLOAD_KINDS.includes(kind);
}

/** Of two objects of one kind and name the later would overwrite the earlier. */
function withoutTwins(manifests: readonly Manifest[], problems: Problems): Manifest[] {
  const last = new Map<string, Manifest>();
  for (const manifest of manifests) {
    const field = Field.of(manifest, problems);
    const key = `${manifest.apiVersion} ${manifest.kind} ${namespaceOf(field)}/${nameOf(field)}`;
    const twin = nameOf(field) === '' ? undefined : last.get(key);
    if (twin !== undefined) {
      const first = twin.document.place(twin.path);
      problems.add(field, 'OBJECT_TWICE', 'error', `is the second ${objectName(manifest)}: the first stands at ${first} and is overwritten`);
    }
    last.set(nameOf(field) === '' ? `${key} ${last.size}` : key, manifest);
  }
  return [...last.values()];
}

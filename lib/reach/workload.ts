import { AddressSet } from '../net/address-set';
import { compareText, sortedEntries } from '../text/compare';
import type { Field } from './field';
import { readPod, type Pod } from './pod';

/** Pods of one owner that no policy can tell apart by what their manifests say. */
export interface PodGroup extends Pod {
  /** Names of the pods, where they are objects of their own. */
  readonly names: readonly string[];
}

export interface Workload {
  readonly namespace: string;
  readonly name: string;
  readonly kind: string;
  /** `namespace/name[Kind]`. */
  readonly id: string;
  /** More than one only if pods of one owner differ. */
  readonly groups: readonly PodGroup[];
  /** How many pods at least: 2 for two or more. */
  readonly replicas: 1 | 2;
}

/** Where the template of a workload stands, by its kind. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

export const WORKLOAD_KINDS: readonly string[] = ['Pod', ...Object.keys(TEMPLATES)];

export function namespaceOf(field: Field): string {
  const namespace = field.in('metadata', 'namespace').value;
  return typeof namespace === 'string' && namespace !== '' ? namespace : 'default';
}

export function nameOf(field: Field): string {
  const name = field.in('metadata', 'name').value;
  return typeof name === 'string' ? name : '';
}

/** Gathers pods by their owner and templates by their workload, in the order of their ids. */
export class Workloads {
  readonly #byId = new Map<
    string,
    { namespace: string; name: string; kind: string; pods: Map<string, { pod: Pod; name: string }>; replicas: 1 | 2 }
  >();

  add(field: Field): void {
    const namespace = namespaceOf(field);
    const kind = field.manifest.kind;
    const template = TEMPLATES[kind];
    if (template === undefined) {
      this.addPod(field, namespace);
      return;
    }
    const replicas = kind === 'DaemonSet' ? 2 : field.in('spec', kind === 'Job' ? 'parallelism' : 'replicas').value;
    const many = typeof replicas === 'number' && replicas > 1;
    this.#entry(namespace, nameOf(field), kind, many ? 2 : 1).pods.set('', {
      pod: readPod(field.in(...template), namespace),
      name: '',
    });
  }

  /** A pod belongs to the owner that controls it; one that a node keeps by itself is its own. */
  private addPod(field: Field, namespace: string): void {
    const owner = field
      .in('metadata', 'ownerReferences')
      .items()
      .find((reference) => reference.get('controller').value === true && reference.get('kind').value !== 'Node');
    const name = nameOf(field) || (field.in('metadata', 'generateName').written() ?? '');
    const ownerName = owner?.get('name').value;
    const ownerKind = owner?.get('kind').value;
    const known = typeof ownerName === 'string' ? ownerName : name;
    const entry = this.#entry(namespace, known, typeof ownerKind === 'string' ? ownerKind : 'Pod', 1);
    entry.pods.set(name, { pod: readPod(field, namespace), name });
  }

  #entry(namespace: string, name: string, kind: string, replicas: 1 | 2) {
    const id = `${namespace}/${name}[${kind}]`;
    const entry = this.#byId.get(id) ?? { namespace, name, kind, pods: new Map(), replicas };
    entry.replicas = replicas;
    this.#byId.set(id, entry);
    return entry;
  }

  list(): Workload[] {
    return [...this.#byId]
      .sort(([a], [b]) => compareText(a, b))
      .map(([id, { namespace, name, kind, pods, replicas }]) => {
        const groups = groupsOf([...pods.values()]);
        return { id, namespace, name, kind, groups, replicas: pods.size > 1 ? 2 : replicas };
      });
  }
}

function groupsOf(pods: readonly { pod: Pod; name: string }[]): PodGroup[] {
  const groups = new Map<string, { pod: Pod; names: string[]; addresses: AddressSet[] }>();
  for (const { pod, name } of [...pods].sort((a, b) => compareText(a.name, b.name))) {
    const key = JSON.stringify([sortedEntries(pod.labels), pod.ports, pod.hostNetwork, pod.serviceAccount]);
    const group = groups.get(key) ?? { pod, names: [], addresses: [] };
    if (name !== '') group.names.push(name);
    group.addresses.push(pod.addresses);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ pod, names, addresses }) => ({
    ...pod,
    names,
    // One pod whose address is not known could have any.
    addresses: addresses.some((each) => each.isEmpty) ? AddressSet.empty : AddressSet.of(...addresses),
  }));
}

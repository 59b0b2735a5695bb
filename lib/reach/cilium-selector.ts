import { AddressSet } from '../net/address-set';
import type { Field } from './field';
import { EVERY, NEVER, type LabelTest } from './labels';
import { CLUSTER, inNamespace, NAMESPACE, namespaceKey, SERVICE_ACCOUNT } from './pod-labels';
import { ENTITIES, type Entity, type Peer } from './policy';
import { readSelector } from './selector';

/** Labels that Cilium gives to pods itself. Source: Cilium docs, Kubernetes constructs in policy. */
const OWN_LABELS: ReadonlyMap<string, string> = new Map([
  ['io.kubernetes.pod.namespace', NAMESPACE],
  ['io.cilium.k8s.policy.serviceaccount', SERVICE_ACCOUNT],
  ['io.cilium.k8s.policy.cluster', CLUSTER],
]);
const NAMESPACE_LABELS = 'io.cilium.k8s.namespace.labels.';

/** A label may name its source; `any:` and none are the same. */
function keyOf(key: string): string {
  const plain = key.replace(/^(k8s|any):/, '');
  const own = OWN_LABELS.get(plain);
  if (own !== undefined) return own;
  return plain.startsWith(NAMESPACE_LABELS) ? namespaceKey(plain.slice(NAMESPACE_LABELS.length)) : plain;
}

/** Pods by their labels; for a namespaced policy its own pods, unless the selector itself speaks of namespaces. */
function readEndpointSelector(field: Field, namespace: string | undefined): LabelTest {
  const test = readSelector(field, { keyOf, freeKeys: true });
  return namespace === undefined || speaksOfNamespaces(test) ? test : inNamespace(namespace, test);
}

/** What a policy is for: a namespaced one only for pods of its namespace, whatever else its selector says. */
export function readSubject(field: Field, namespace: string | undefined): LabelTest {
  const test = readSelector(field, { keyOf, freeKeys: true });
  return namespace === undefined ? test : inNamespace(namespace, test);
}

/** Nodes by their labels. */
export function readNodeSelector(field: Field): LabelTest {
  return readSelector(field, { freeKeys: true, keyOf: (key) => key.replace(/^(k8s|node|any):/, '') });
}

function speaksOfNamespaces(test: LabelTest): boolean {
  return test.looksAt.some((key) => key === NAMESPACE || key.startsWith(namespaceKey('')));
}

const RESERVED = /^reserved[:.](.+)$/;

/** A peer by its labels: pods, or an entity by its `reserved:` label. */
export function readEndpointPeer(field: Field, namespace: string | undefined): Peer {
  const reserved = [
    ...field.get('matchLabels').keys(),
    ...field
      .get('matchExpressions')
      .items()
      .map((item) => item.get('key').written() ?? ''),
  ]
    .map((key) => RESERVED.exec(key)?.[1])
    .find((name) => name !== undefined);
  if (reserved === undefined) return { pods: readEndpointSelector(field, namespace) };
  return entityPeer(reserved) ?? { pods: NEVER };
}

/** What an entity stands for; undefined if there is none of that name. Source: Cilium docs, entities based. */
export function entityPeer(name: string): Peer | undefined {
  switch (name) {
    case 'all':
      return { everyone: true };
    case 'cluster':
      return { pods: EVERY, nodes: EVERY, entities: ENTITIES };
    case 'world':
      return { addresses: AddressSet.everything };
    case 'world-ipv4':
      return { addresses: AddressSet.all4 };
    case 'world-ipv6':
      return { addresses: AddressSet.all6 };
    case 'init':
    case 'unmanaged':
    case 'none':
      return { pods: NEVER };
    default:
      return (ENTITIES as readonly string[]).includes(name) ? { entities: [name as Entity] } : undefined;
  }
}

import { compareKeys } from '../text/compare';
import type { YamlValue } from '../text/yaml';
import { groupOf } from './scope';

/** Who applies an object: K3s at the cluster's first start, or Argo CD. */
export type Applier = 'bootstrap' | 'argocd';

/** A rendered Kubernetes object, and whose it is. */
export interface Rendered {
  readonly component: string;
  readonly applier: Applier;
  readonly group: string;
  readonly kind: string;
  /** Absent: it lies in no namespace. */
  readonly namespace?: string;
  readonly name: string;
  readonly json: { readonly [key: string]: YamlValue };
}

/** Reads what cdk8s made of an object. */
export function readObject(component: string, applier: Applier, json: unknown): Rendered {
  const { apiVersion, kind, metadata } = json as {
    apiVersion: string;
    kind: string;
    metadata: { name: string; namespace?: string };
  };
  const { name, namespace } = metadata;
  return {
    component,
    applier,
    group: groupOf(apiVersion),
    kind,
    ...(namespace === undefined ? {} : { namespace }),
    name,
    json: json as Rendered['json'],
  };
}

/** What makes two objects one to an API server. */
export function identityOf({ group, kind, namespace, name }: Rendered): string {
  return `${group}/${kind}/${namespace ?? ''}/${name}`;
}

/** `ConfigMap argocd/argocd-cm`, as an operator would name it. */
export function printObject({ group, kind, namespace, name }: Rendered): string {
  const typed = group === '' ? kind : `${kind}.${group}`;
  return namespace === undefined ? `${typed} ${name}` : `${typed} ${namespace}/${name}`;
}

/** Order within a file: what others need comes first, then by group, kind, namespace and name. */
export function compareObjects(a: Rendered, b: Rendered): number {
  return compareKeys(orderOf(a), orderOf(b));
}

function orderOf(object: Rendered): (string | number)[] {
  const { group, kind, namespace, name } = object;
  return [
    group === '' && kind === 'Namespace' ? 0 : kind === 'CustomResourceDefinition' ? 1 : 2,
    group,
    kind,
    namespace ?? '',
    name,
  ];
}

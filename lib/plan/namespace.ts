import { sortedEntries } from '../text/compare';

/** A namespace that a component's objects live in. Several components may share one. */
export interface NamespaceNeed {
  readonly name: string;
  /** Labels it must bear, such as the pods' privileges. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** One namespace, as it is to be made. */
export interface Namespace {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Kubernetes makes these by itself. */
const GIVEN = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** Each namespace once, with the labels of all who share it. */
export function mergeNamespaces(wanted: readonly NamespaceNeed[]): readonly Namespace[] {
  const labels: Record<string, Record<string, string>> = {};
  for (const need of wanted) {
    if (!GIVEN.includes(need.name)) labels[need.name] = { ...labels[need.name], ...need.labels };
  }
  return sortedEntries(labels).map(([name, own]) => ({ name, labels: own }));
}

import { sortedEntries } from '../text/compare';
import type { Finding } from '../spec/finding';
import type { Field } from './field';

/** API groups of Kubernetes none of whose kinds lets traffic through or holds it up, but for the kinds read elsewhere. */
const SILENT_GROUPS = [
  ...['', 'apps', 'batch', 'autoscaling', 'policy', 'rbac.authorization.k8s.io', 'storage.k8s.io', 'scheduling.k8s.io'],
  ...['apiextensions.k8s.io', 'admissionregistration.k8s.io', 'apiregistration.k8s.io', 'coordination.k8s.io'],
  ...[
    'networking.k8s.io',
    'discovery.k8s.io',
    'node.k8s.io',
    'certificates.k8s.io',
    'events.k8s.io',
    'kustomize.config.k8s.io',
  ],
];

/** Kinds that the engine does not know: they could let traffic through or hold it up, so they are listed. */
export class Strangers {
  readonly #byKind = new Map<string, { first: Field; count: number }>();

  add(field: Field, group: string): void {
    const { kind } = field.manifest;
    if (SILENT_GROUPS.includes(group) && !(group === 'networking.k8s.io' && kind.endsWith('Policy'))) return;
    const key = `${kind} (${field.manifest.apiVersion})`;
    const entry = this.#byKind.get(key);
    if (entry === undefined) this.#byKind.set(key, { first: field, count: 1 });
    else entry.count++;
  }

  findings(): Finding[] {
    return sortedEntries(Object.fromEntries(this.#byKind)).map(([kind, { first, count }]) => ({
      code: 'MANIFEST_NOT_UNDERSTOOD',
      severity: 'warning',
      at: [],
      where: first.place,
      message: `${kind} is not understood: ${count === 1 ? 'one object has' : `${count} objects have`} no part in the answer`,
    }));
  }
}

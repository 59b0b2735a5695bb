import { componentSource } from '../plan/component-source';
import type { Plan } from '../plan/plan';
import type { Finding, SpecPath } from '../spec/finding';
import { isMapping, valueAt } from '../spec/walk';
import { sortedEntries } from '../text/compare';
import type { Former, Fresh } from './former';
import { objectsIn, type ManifestObject } from './objects';

/**
 * Fields that an API server refuses to change, by kind. Source: Kubernetes API reference and the validation of each
 * kind (pkg/apis, validation.go).
 */
const IMMUTABLE: Readonly<Record<string, readonly (readonly string[])[]>> = {
  ClusterRoleBinding: [['roleRef']],
  DaemonSet: [['spec', 'selector']],
  Deployment: [['spec', 'selector']],
  Job: [
    ['spec', 'selector'],
    ['spec', 'template'],
  ],
  RoleBinding: [['roleRef']],
  Service: [['spec', 'clusterIP']],
  StatefulSet: [
    ['spec', 'selector'],
    ['spec', 'serviceName'],
    ['spec', 'podManagementPolicy'],
    ['spec', 'volumeClaimTemplates'],
  ],
  StorageClass: [['provisioner'], ['parameters'], ['reclaimPolicy'], ['volumeBindingMode']],
};

/** Objects with a field that is to change and cannot, so that Argo CD would fail to apply them. */
export function immutableFields(former: Former, plan: Plan, fresh: Fresh): Finding[] {
  const manifests = fresh.files().filter(({ path }) => /\.k8s\.yaml$|^bootstrap\//.test(path));
  return manifests.flatMap(({ path }) => {
    const [is, was] = [fresh.get(path), former.read(path)];
    if (is === undefined || was === undefined || is === was) return [];
    const before = objectsIn(was);
    if (before === undefined) return [damaged(former.place(path))];
    return [...(objectsIn(is) ?? [])].flatMap(([identity, object]) => {
      const old = before.get(identity);
      return old === undefined ? [] : changes(old, object, sourceOf(plan, path));
    });
  });
}

function damaged(place: string): Finding {
  return {
    code: 'UPGRADE_UNCOMPARED',
    severity: 'warning',
    at: [],
    message: `${place} is damaged: it is no YAML; nothing looked at whether an API server can change its objects`,
    fix: 'bring the file back as it was committed, and run again',
  };
}

/** The component whose folder a manifest lies in. */
function sourceOf(plan: Plan, path: string): SpecPath | undefined {
  const component = path.startsWith('bootstrap/')
    ? /^bootstrap\/\d+-(.*)\.yaml$/.exec(path)?.[1]
    : path.slice(0, path.indexOf('/'));
  return component === undefined ? undefined : componentSource(plan, component);
}

function changes(old: ManifestObject, object: ManifestObject, source: SpecPath | undefined): Finding[] {
  return (IMMUTABLE[object.kind] ?? []).flatMap((path): Finding[] => {
    const [was, is] = [valueAt(old.data, path), valueAt(object.data, path)];
    // A Service's address that is not written is chosen by the API server and stays.
    if (sorted(was) === sorted(is) || (path.at(-1) === 'clusterIP' && (was === undefined || is === undefined)))
      return [];
    return [
      {
        code: 'UPGRADE_IMMUTABLE',
        severity: 'error',
        at: source === undefined ? [] : [source],
        message: `${path.join('.')} of ${object.title} changes, which an API server refuses for an object that exists`,
        fix: `give it another name, or delete ${object.title} in the cluster first and accept that it is gone until it is applied again`,
      },
    ];
  });
}

/** Equal values have equal texts, whatever the order of keys. */
function sorted(value: unknown): string {
  return (
    JSON.stringify(value, (_, part: unknown) => (isMapping(part) ? Object.fromEntries(sortedEntries(part)) : part)) ??
    ''
  );
}

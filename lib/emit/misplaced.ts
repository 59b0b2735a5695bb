import { componentSources } from '../plan/component-source';
import type { Plan } from '../plan/plan';
import type { Finding } from '../spec/finding';
import { printObject, type Rendered } from './object';
import { isClusterScoped } from './scope';

/** Objects without the namespace that their kind has, and those with one though their kind has none. */
export function misplaced(objects: readonly Rendered[], plan: Plan): Finding[] {
  return objects.flatMap((object): Finding[] => {
    const { component, group, kind, namespace } = object;
    const clusterScoped = isClusterScoped(group, kind);
    if (clusterScoped === (namespace === undefined)) return [];
    return [
      {
        code: 'OBJECT_MISPLACED',
        severity: 'error',
        at: componentSources(plan, [component]),
        message: `${component} renders ${printObject(object)}, ${
          namespace === undefined
            ? `which has no namespace, and every ${kind} lies in one`
            : `which has the namespace ${namespace}, and no ${kind} lies in any`
        }`,
        fix: namespace === undefined ? 'give it the namespace of what it belongs to' : 'leave its namespace out',
      },
    ];
  });
}

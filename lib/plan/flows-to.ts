import { groupedBy } from '../text/group';
import type { WorkloadName } from './endpoint';
import type { Flow } from './flow';
import { oncePer } from './once';
import type { Plan } from './plan';

/** Flows whose end are these pods by name. */
export function flowsTo({ flows }: Pick<Plan, 'flows'>, name: WorkloadName): readonly Flow[] {
  return byTarget(flows).get(name) ?? [];
}

const byTarget = oncePer(
  (flows: readonly Flow[]): ReadonlyMap<WorkloadName, readonly Flow[]> =>
    groupedBy(flows, ({ to }) => (to.kind === 'workload' ? to.workload : undefined)),
);

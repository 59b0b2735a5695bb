import { oncePer } from '../../plan/once';
import type { Plan } from '../../plan/plan';
import { podRules, type PodRules } from '../../plan/pod-rules';
import { namespaceOf, ownName } from '../../plan/namespaced';
import { sortedBy } from '../../text/compare';
import { groupedBy } from '../../text/group';

/** A policy before it is put into anybody's words. */
export interface PolicyFor {
  readonly name: string;
  readonly namespace: string;
  /** Of the pods it is for. Absent: every pod of the namespace. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly rules: PodRules;
}

/** What every pod may is said once a namespace and not at each of its pods. */
const EVERY_POD = 'every-pod';

/** What the pods of each workload may, in order of their names. */
const workloadRules = oncePer((plan: Plan) =>
  groupedBy(
    sortedBy(podRules(plan).workloads, ([name]) => name),
    ([name]) => namespaceOf(name),
  ),
);

/** The policies of a namespace: one for what flows of every pod need, one for each workload. */
export function policiesOf(plan: Plan, namespace: string): PolicyFor[] {
  const common = podRules(plan).namespaces.get(namespace);
  const own = workloadRules(plan).get(namespace) ?? [];
  return [
    ...(common === undefined ? [] : [{ name: EVERY_POD, namespace, rules: common }]),
    ...own.flatMap(([name, rules]) => {
      const workload = plan.workloads.get(name);
      if (workload === undefined) return [];
      return [{ name: ownName(name), namespace, labels: workload.labels, rules }];
    }),
  ];
}

import type { Plan } from '../../plan/plan';
import { podRules, type PodRules } from '../../plan/pod-rules';
import { namespaceOf } from '../../plan/load-balancer';
import { sortedEntries } from '../../text/compare';

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

/** The policies of a namespace: one for what flows of every pod need, one for each workload. */
export function policiesOf(plan: Plan, namespace: string): PolicyFor[] {
  const all = podRules(plan);
  const common = all.namespaces.get(namespace);
  const own = Object.fromEntries([...all.workloads].filter(([name]) => namespaceOf(name) === namespace));
  return [
    ...(common === undefined ? [] : [{ name: EVERY_POD, namespace, rules: common }]),
    ...sortedEntries(own).flatMap(([name, rules]) => {
      const workload = plan.workloads.get(name);
      if (workload === undefined) return [];
      return [{ name: name.slice(namespace.length + 1), namespace, labels: workload.labels, rules }];
    }),
  ];
}

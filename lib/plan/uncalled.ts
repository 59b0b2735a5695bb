import type { Listener } from './listener';
import type { Plan } from './plan';
import { podRules, type PodRule } from './pod-rules';

/** Ports that pods bind and nobody is declared to call: what policies cut off, of all that is known beforehand. */
export function uncalled(plan: Plan): Listener[] {
  const { workloads, namespaces } = podRules(plan);
  return plan.listeners.filter((listener) => {
    const workload = 'workload' in listener.on ? plan.workloads.get(listener.on.workload) : undefined;
    if (workload === undefined || workload.hostNetwork) return false;
    const rules = [
      ...(workloads.get(workload.name)?.ingress ?? []),
      ...(namespaces.get(workload.namespace)?.ingress ?? []),
    ];
    return !rules.some((rule) => reaches(rule, listener));
  });
}

function reaches({ protocol, port }: PodRule, listener: Listener): boolean {
  if (protocol !== 'any' && protocol !== listener.protocol) return false;
  return port === undefined || port.overlaps(listener.ports.container);
}

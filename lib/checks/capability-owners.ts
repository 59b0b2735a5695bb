import { printCapability, type Provided } from '../plan/capability';
import type { Plan } from '../plan/plan';
import type { Finding } from '../spec/finding';

/** A function of the cluster with two owners, or one that is needed and has none. */
export function capabilityOwners(plan: Plan): Finding[] {
  const owners = new Map<string, Provided[]>();
  for (const one of plan.provided) {
    const key = printCapability(one);
    owners.set(key, [...(owners.get(key) ?? []), one]);
  }
  const twice = [...owners].flatMap(([name, [first, ...others]]): Finding[] => {
    if (first === undefined || others.length === 0) return [];
    return [
      {
        code: 'CAPABILITY_TWICE',
        severity: 'error',
        at: [first, ...others].map((one) => one.source),
        message: `${[first, ...others].map((one) => one.owner).join(' and ')} both own ${name}`,
        fix: `leave ${name} to one of them`,
      },
    ];
  });
  const missing = plan.required.flatMap((need): Finding[] => {
    const name = printCapability(need);
    if (owners.has(name)) return [];
    return [
      {
        code: 'CAPABILITY_MISSING',
        severity: 'error',
        at: [need.source],
        message: `${need.owner} needs ${name}, which nothing provides`,
      },
    ];
  });
  return [...twice, ...missing];
}

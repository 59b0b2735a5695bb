import { podFamilies } from '../../plan/cluster-ranges';
import type { Plan } from '../../plan/plan';
import type { Finding } from '../../spec/finding';

/** A layer whose packets are smaller than its address family allows. */
export function mtuTooSmall(plan: Plan): Finding[] {
  const families = podFamilies(plan.spec);
  return plan.mtu.flatMap(({ device, on, sum }) =>
    families.flatMap((family): Finding[] => {
      const problem = sum.problem(family);
      if (problem === undefined) return [];
      return [
        {
          code: 'MTU_TOO_SMALL',
          severity: 'error',
          at: [['networks', plan.podNetwork.underlay], ['cni']],
          message: `${device} on ${on}: ${problem}`,
          fix: 'a larger MTU below, or one tunnel fewer',
        },
      ];
    }),
  );
}

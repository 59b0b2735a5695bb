import { assertionEnd, isUnclear } from '../../plan/assertion-end';
import type { Plan } from '../../plan/plan';
import type { Finding } from '../../spec/finding';

/** Assertions that speak of somebody who is not there. */
export function assertionUnclear(plan: Plan): Finding[] {
  return plan.spec.tests.flatMap(({ text, from, to, expected }, i) => {
    const words = [from, to, ...(typeof expected === 'string' ? [] : expected.only)];
    return [...new Set(words)].flatMap((word): Finding[] => {
      const end = assertionEnd(plan, word);
      if (!isUnclear(end)) return [];
      return [
        {
          code: 'SPEC_UNKNOWN_NAME',
          severity: 'error',
          at: [['tests', i]],
          message: `${JSON.stringify(word)} in ${JSON.stringify(text)} ${end.problem}`,
          fix:
            end.fix ??
            'a workload, namespace/*, a node, a network, an outside party, an address, internet, any pod or *',
        },
      ];
    });
  });
}

import type { Plan } from '../plan/plan';
import type { Finding } from '../spec/finding';
import { RULES } from './rules';

/** Everything the rules find in a plan. */
export function check(plan: Plan): Finding[] {
  return RULES.flatMap((rule) => rule(plan));
}

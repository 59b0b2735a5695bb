import type { Plan } from '../plan/plan';
import type { FindingCode } from '../spec/finding';
import { overlapAtSite } from './addresses/overlap-at-site';
import type { Among, AmongFinding } from './among';

/** The rules about several clusters; each is a file beside this one. */
const RULES: readonly (() => Among)[] = [overlapAtSite];

/** What these rules can find. */
export const AMONG_CODES: ReadonlySet<FindingCode> = new Set(RULES.flatMap((rule) => rule().codes));

/** All rules about several clusters, over one run: every plan is added, then they are asked once. */
export class Together {
  readonly #rules = RULES.map((rule) => rule());

  add(plan: Plan): void {
    for (const rule of this.#rules) rule.add(plan);
  }

  findings(): AmongFinding[] {
    return this.#rules.flatMap((rule) => rule.findings());
  }
}

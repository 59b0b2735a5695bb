import type { Plan } from '../plan/plan';
import { FINDING_CODES, type Finding, type FindingCode } from '../spec/finding';
import { FormerPlan } from './former-plan';
import type { Former, Fresh } from './former';
import { sharedFlags } from './upgrade-flags';
import { immutableFields } from './upgrade-objects';
import { droppedAddresses } from './upgrade-pools';
import { fixedAtStart } from './upgrade-ranges';
import { stepwise } from './upgrade-versions';

/** What a change from one tree to the next can be found to do. */
export const UPGRADE_CODES: ReadonlySet<FindingCode> = new Set(
  FINDING_CODES.filter((code) => code.startsWith('UPGRADE_')),
);

/** What cannot be changed in place, or only step by step, between what was written before and what is to be written. */
export function upgradeFindings(former: Former, plan: Plan, fresh: Fresh): Finding[] {
  const index = former.read('index.json');
  // The index holds the hash of every file: nothing has changed.
  if (index === undefined || index === fresh.get('index.json')) return [];
  const text = former.read('network.json');
  const before = text === undefined ? undefined : FormerPlan.read(text);
  if (before === undefined) return [];
  return [
    ...fixedAtStart(before, plan),
    ...sharedFlags(before, plan),
    ...stepwise(before, plan),
    ...droppedAddresses(before, plan),
    ...immutableFields(former, plan, fresh),
  ];
}

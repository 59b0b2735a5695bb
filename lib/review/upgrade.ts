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

/** The file that holds a plan as data. */
const PLAN = 'network.json';

/** What cannot be changed in place, or only step by step, between what was written before and what is to be written. */
export function upgradeFindings(former: Former, plan: Plan, fresh: Fresh): Finding[] {
  const index = former.read('index.json');
  // The index holds the hash of every file: nothing has changed.
  if (index !== undefined && index === fresh.get('index.json')) return [];
  // A folder with nothing in it that Wayleave writes is not its work.
  if (!fresh.files().some(({ path }) => former.has(path))) return [];
  const text = former.read(PLAN);
  const before = text === undefined ? undefined : FormerPlan.read(text);
  if (before === undefined) return [uncompared(former, plan, text)];
  return [
    ...fixedAtStart(before, plan),
    ...sharedFlags(before, plan),
    ...stepwise(before, plan),
    ...droppedAddresses(before, plan),
    ...immutableFields(former, plan, fresh),
  ];
}

/** Silence would read as if nothing stood in the way of the change. */
function uncompared(former: Former, { spec: { name } }: Plan, text: string | undefined): Finding {
  return {
    code: 'UPGRADE_UNCOMPARED',
    severity: 'warning',
    at: [],
    message: `${former.place(PLAN)} ${whatIsWrong(former, text)}; nothing looked at whether ${name} can take this change while it runs`,
    fix: 'bring the file back as it was committed, and run again; or take the folder away, if nothing of it runs',
  };
}

function whatIsWrong(former: Former, text: string | undefined): string {
  if (text !== undefined) return 'is damaged: it holds no plan that Wayleave wrote';
  return former.has(PLAN) ? 'may not be read' : 'is not there';
}

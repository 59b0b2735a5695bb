import type { CompiledRule } from '../reach/compiled-rule';
import { ruleText } from '../reach/explain';
import type { Direction } from '../reach/policy';
import type { Reach } from '../reach/reach';
import type { Traffic } from '../reach/traffic';
import type { DifferentEnd } from './difference';

/** What one side's policies say of some traffic, in words, and where the rule stands that says so. */
export interface Decided {
  readonly direction: Direction;
  readonly of: string;
  readonly text: string;
  /** `file:line`. Absent: no rule is to blame, but that there is none. */
  readonly place?: string;
}

/** Who lets some traffic through, or who holds it up, on one side; nothing if that side does not. */
export function decided(
  reach: Reach,
  direction: Direction,
  own: DifferentEnd,
  peer: DifferentEnd,
  traffic: Traffic,
  verdict: 'allowed' | 'denied',
): Decided | undefined {
  const row = reach.row(direction, own.endpoint);
  if (row === undefined) return undefined;
  // A name that no rule speaks of is met by none.
  const index = reach.indexOf(direction, peer.endpoint);
  const all = index === undefined ? [] : row.decisions(index, traffic);
  const decisions = all.filter((one) => one.verdict.endsWith(verdict));
  if (index !== undefined && decisions.length === 0) return undefined;
  const rules = [...new Set(decisions.flatMap(({ by }) => by ?? []))];
  const [first] = rules;
  const side = { direction, of: own.name };
  if (first !== undefined) return { ...side, text: textOf(rules), place: first.rule.field.place };
  return { ...side, ...byPolicies(reach, direction, own, verdict) };
}

function textOf(rules: readonly CompiledRule[]): string {
  return [...new Set(rules.map(ruleText))].join(' and ');
}

function byPolicies(
  reach: Reach,
  direction: Direction,
  own: DifferentEnd,
  verdict: 'allowed' | 'denied',
): Pick<Decided, 'text' | 'place'> {
  // The one that asks most of its pods is the one that is about them.
  const isolating = reach
    .applying(direction, own.endpoint)
    .filter(({ isolates }) => isolates)
    .sort((a, b) => b.policy.subject.looksAt.length - a.policy.subject.looksAt.length);
  const [first] = isolating;
  if (verdict === 'allowed' || first === undefined) return { text: 'no policy is for it' };
  const names = isolating.map(({ policy }) => `${policy.id} (${policy.field.place})`);
  return { text: `no rule of ${names.join(' or ')} allows it`, place: first.policy.field.place };
}

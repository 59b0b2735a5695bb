import type { CompiledRule } from './compiled-rule';
import type { EndpointClass } from './endpoint-classes';
import { trafficOf, type Matched, type Stage } from './side';
import { Traffic } from './traffic';

/** Who decided over a part of the traffic, and how. */
export interface Decision {
  readonly traffic: Traffic;
  /** `perhaps` for a rule of which it cannot be told whether it matches. */
  readonly verdict: 'allowed' | 'denied' | 'perhaps allowed' | 'perhaps denied';
  /** The rule; absent where none matched, and isolation or its absence decided. */
  readonly by?: CompiledRule;
  /** No rule can take it away: Calico's failsafe ports. */
  readonly always?: true;
}

/** Walks the rules as the engine does and notes who decides over which part of `asked`. Parts left to a rule that may not match are noted again. */
export function decide(
  stages: readonly Stage[],
  list: readonly Matched[],
  destination: EndpointClass | undefined,
  asked: Traffic,
): Decision[] {
  const decisions: Decision[] = [];
  let remaining = asked;
  let next = 0;
  for (const [i, stage] of stages.entries()) {
    let passed = Traffic.none;
    const always = stage.always?.intersection(remaining);
    if (always !== undefined && !always.isEmpty) {
      decisions.push({ traffic: always, verdict: 'allowed', always: true });
      remaining = remaining.difference(always);
    }
    for (; list[next]?.stage === i; next++) {
      const { compiled, sure } = list[next] as Matched;
      const traffic = trafficOf(compiled, destination).intersection(remaining);
      const { action } = compiled.rule;
      if (traffic.isEmpty) continue;
      if (action === 'pass') passed = passed.union(traffic);
      else if (sure) decisions.push({ traffic, verdict: action === 'allow' ? 'allowed' : 'denied', by: compiled });
      else
        decisions.push({ traffic, verdict: action === 'allow' ? 'perhaps allowed' : 'perhaps denied', by: compiled });
      if (sure) remaining = remaining.difference(traffic);
    }
    if (stage.end === 'deny') {
      const denied = remaining.difference(passed);
      if (!denied.isEmpty) decisions.push({ traffic: denied, verdict: 'denied' });
      remaining = passed;
    } else {
      remaining = remaining.union(passed);
    }
  }
  if (!remaining.isEmpty) decisions.push({ traffic: remaining, verdict: 'allowed' });
  return decisions;
}

import { printPath } from '../spec/finding';
import type { CompiledRule } from './compiled-rule';
import type { Decision } from './decision';
import type { Endpoint } from './endpoint';
import { KNOWN_BEHAVIOUR } from './known-behaviour';
import type { Direction } from './policy';
import type { Reach } from './reach';
import { Traffic } from './traffic';

/** What one end's policies say, and which rule of which policy says it. */
export interface SideExplanation {
  readonly direction: Direction;
  readonly endpoint: string;
  /** Policies that are for this end, with the place where they stand. */
  readonly policies: readonly { readonly id: string; readonly place: string; readonly isolates: boolean }[];
  readonly decisions: readonly {
    readonly traffic: Traffic;
    readonly verdict: Decision['verdict'];
    readonly by: string;
  }[];
  /** What would have to change for the traffic to fare otherwise. */
  readonly changes: readonly string[];
}

export interface Explanation {
  readonly from: string;
  readonly to: string;
  readonly asked: Traffic;
  readonly allowed: Traffic;
  readonly denied: Traffic;
  readonly open: readonly { readonly traffic: Traffic; readonly why: string }[];
  readonly narrowed: readonly { readonly traffic: Traffic; readonly to: readonly string[] }[];
  readonly sides: readonly SideExplanation[];
}

/** Why traffic from one endpoint to another passes or does not. */
export function explain(reach: Reach, from: Endpoint, to: Endpoint, asked: Traffic = Traffic.all): Explanation {
  const verdict = reach.verdict(from, to);
  return {
    from: from.id,
    to: to.id,
    asked,
    allowed: verdict.allowed.intersection(asked),
    denied: verdict.denied.intersection(asked),
    open: verdict.undefined
      .map(({ traffic, doubt }) => ({
        traffic: traffic.intersection(asked),
        why: KNOWN_BEHAVIOUR[doubt][reach.engine],
      }))
      .filter(({ traffic }) => !traffic.isEmpty),
    narrowed: verdict.narrowed
      .map((part) => ({ ...part, traffic: part.traffic.intersection(asked) }))
      .filter(({ traffic }) => !traffic.isEmpty),
    sides: [explainSide(reach, 'egress', from, to, asked), explainSide(reach, 'ingress', to, from, asked)].flatMap(
      (side) => side ?? [],
    ),
  };
}

function explainSide(
  reach: Reach,
  direction: Direction,
  own: Endpoint,
  peer: Endpoint,
  asked: Traffic,
): SideExplanation | undefined {
  const row = reach.row(direction, own);
  const index = reach.indexOf(direction, peer);
  if (row === undefined || index === undefined) return undefined;
  const policies = reach
    .applying(direction, own)
    .map(({ policy, isolates }) => ({ id: policy.id, place: policy.field.place, isolates }));
  const decisions = row.decisions(index, asked);
  return {
    direction,
    endpoint: own.id,
    policies,
    decisions: decisions.map((decision) => ({
      traffic: decision.traffic,
      verdict: decision.verdict,
      by: decidedBy(decision, policies),
    })),
    // With nothing asked for in particular, what is denied is nearly everything, and how to deny the rest is no question.
    changes:
      asked.isAll && decisions.length > 1
        ? []
        : decisions.map((decision) => changeText(decision, direction, peer, policies)),
  };
}

/** Such as `NetworkPolicy shop/web, spec.ingress[0] (web.yaml:12)`. */
export function ruleText({ rule, policy }: CompiledRule): string {
  return `${policy.id}, ${printPath(rule.field.path.slice(policy.field.path.length))} (${rule.field.place})`;
}

function decidedBy({ verdict, by, always }: Decision, policies: SideExplanation['policies']): string {
  if (by !== undefined) return ruleText(by);
  if (always === true) return 'a failsafe port, which no policy closes';
  if (verdict === 'allowed')
    return policies.length === 0 ? 'no policy is for it' : 'no policy for it denies what its rules leave out';
  return policies.length === 0
    ? 'no policy is for it, and a host endpoint is closed without one'
    : `no rule allows it, and ${isolating(policies)} denies what no rule allows`;
}

function changeText(
  { traffic, verdict, by, always }: Decision,
  direction: Direction,
  peer: Endpoint,
  policies: SideExplanation['policies'],
): string {
  const towards = direction === 'ingress' ? `from ${peer.id}` : `to ${peer.id}`;
  const verb = verdict.endsWith('allowed') ? 'deny' : 'allow';
  const start = `to ${verb} ${traffic} ${towards}`;
  if (by !== undefined) return `${start}: take it out of ${ruleText(by)}`;
  if (always === true) return `${start}: take it out of Felix's failsafe ports`;
  if (verdict === 'allowed') return `${start}: add a policy for ${direction} whose rules leave it out`;
  return `${start}: add an ${direction} rule to ${isolating(policies) || 'a policy'}, or a policy beside it`;
}

function isolating(policies: SideExplanation['policies']): string {
  return policies
    .filter(({ isolates }) => isolates)
    .map(({ id }) => id)
    .join(' or ');
}

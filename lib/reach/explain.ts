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
  readonly decisions: readonly { readonly traffic: Traffic; readonly verdict: Decision['verdict']; readonly by: string }[];
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
      .map(({ traffic, doubt }) => ({ traffic: traffic.intersection(asked), why: KNOWN_BEHAVIOUR[doubt][reach.engine] }))
      .filter(({ traffic }) => !traffic.isEmpty),
    narrowed: verdict.narrowed.map((part) => ({ ...part, traffic: part.traffic.intersection(asked) })).filter(({ traffic }) => !traffic.isEmpty),
    sides: [explainSide(reach, 'egress', from, to, asked), explainSide(reach, 'ingress', to, from, asked)].flatMap((side) => side ?? []),
  };
}

function explainSide(reach: Reach, direction: Direction, own: Endpoint, peer: Endpoint, asked: Traffic): SideExplanation | undefined {
  const row = reach.row(direction, own);
  const index = reach.indexOf(direction, peer);
  if (row === undefined || index === undefined) return undefined;
  const policies = reach.applying(direction, own).map(({ policy, isolates }) => ({ id: policy.id, place: policy.field.place, isolates }));
  const decisions = row.decisions(index, asked);
  return {
    direction,
    endpoint: own.id,
    policies,
    decisions: decisions.map(({ traffic, verdict, by }) => ({ traffic, verdict, by: by === undefined ? withoutRule(verdict, policies) : ruleText(by) })),
    changes: decisions.flatMap((decision) => changeText(decision, direction, peer, policies)),
  };
}

/** Such as `NetworkPolicy shop/web, spec.ingress[0] (web.yaml:12)`. */
export function ruleText({ rule, policy }: CompiledRule): string {
  return `${policy.id}, ${printPath(rule.field.path.slice(policy.field.path.length))} (${rule.field.place})`;
}

function withoutRule(verdict: Decision['verdict'], policies: SideExplanation['policies']): string {
  if (verdict === 'allowed') return policies.length === 0 ? 'no policy is for it' : 'no policy for it denies what its rules leave out';
  return `no rule allows it, and ${names(policies.filter(({ isolates }) => isolates))} denies the rest`;
}

function changeText({ traffic, verdict, by }: Decision, direction: Direction, peer: Endpoint, policies: SideExplanation['policies']): string[] {
  const towards = direction === 'ingress' ? `from ${peer.id}` : `to ${peer.id}`;
  if (by !== undefined) {
    const verb = verdict.endsWith('allowed') ? 'deny' : 'allow';
    return [`to ${verb} ${traffic} ${towards}: take it out of ${ruleText(by)}`];
  }
  if (verdict === 'allowed') return [`to deny ${traffic} ${towards}: a policy for ${direction} that does not allow it`];
  return [`to allow ${traffic} ${towards}: one more ${direction} rule in any of ${names(policies.filter(({ isolates }) => isolates))}, or in a policy beside them`];
}

function names(policies: SideExplanation['policies']): string {
  return policies.map(({ id, place }) => `${id} (${place})`).join(', ');
}

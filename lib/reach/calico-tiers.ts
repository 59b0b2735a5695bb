import { compareKeys } from '../text/compare';
import type { Stage } from './side';
import type { Applying } from './applying';
import type { Tier, Tiers } from './tier';

/** The tier of policies that name none. Source: Calico docs, Tier. */
const DEFAULT_TIER = 'default';
const DEFAULT_TIER_ORDER = 1_000_000;

/** The place that Calico gives Kubernetes' own policies in the default tier. Source: Calico docs, network policy. */
const NETWORK_POLICY_ORDER = 1000;

/** Tiers in their order, in each the policies in theirs; those without an order come last, and names settle ties. */
export function calicoStages(applying: readonly Applying[], tiers: Tiers): Stage[] {
  const byTier = new Map<string, Applying[]>();
  for (const one of applying) {
    const tier = one.policy.tier ?? DEFAULT_TIER;
    byTier.set(tier, [...(byTier.get(tier) ?? []), one]);
  }
  return [...byTier]
    .map(([name, policies]) => ({ name, policies, tier: tierOf(name, tiers) }))
    .sort((a, b) => compareKeys([a.tier.order, a.name], [b.tier.order, b.name]))
    .map(({ policies, tier }) => ({ rules: policies.sort(byOrder).flatMap(({ rules }) => rules), end: tier.end }));
}

function tierOf(name: string, tiers: Tiers): Tier {
  return tiers.get(name) ?? { order: name === DEFAULT_TIER ? DEFAULT_TIER_ORDER : Infinity, end: 'deny' };
}

function byOrder(a: Applying, b: Applying): number {
  return compareKeys([orderOf(a), a.policy.id], [orderOf(b), b.policy.id]);
}

function orderOf({ policy }: Applying): number {
  return policy.order ?? (policy.dialect === 'kubernetes' ? NETWORK_POLICY_ORDER : Infinity);
}

import { hostStages } from './calico-host';
import type { Applying } from './applying';
import { calicoStages } from './calico-tiers';
import type { CompiledRule } from './compiled-rule';
import type { EndpointClass } from './endpoint-classes';
import { heeds, type Engine } from './engine';
import type { Direction, Policy } from './policy';
import type { Stage } from './side';
import type { Tiers } from './tier';

/** The order in which an engine asks the rules that are for one endpoint. */
export function stagesOf(
  engine: Engine,
  direction: Direction,
  target: EndpointClass,
  applying: readonly Applying[],
  tiers: Tiers,
): readonly Stage[] {
  if (engine === 'calico') {
    return target.endpoint.kind === 'host'
      ? hostStages(direction, target.endpoint, applying, tiers)
      : calicoStages(applying, tiers);
  }
  const rules = applying.flatMap((one) => one.rules);
  // NetworkPolicies only allow. Deny beats allow across all of Cilium's kinds. Source: Cilium docs, deny policies.
  const isDeny = ({ rule }: CompiledRule) => rule.action === 'deny';
  const ordered = rules.some(isDeny) ? [...rules.filter(isDeny), ...rules.filter((rule) => !isDeny(rule))] : rules;
  return [{ rules: ordered, end: applying.some(({ isolates }) => isolates) ? 'deny' : 'next' }];
}

/** Policies that an engine takes notice of and that have a say in a direction. */
export function policiesOf(engine: Engine, policies: readonly Policy[], direction: Direction): Policy[] {
  return policies.filter((policy) => heeds(engine, policy.dialect) && policy.sides[direction] !== undefined);
}

import { hostStages } from './calico-host';
import { calicoStages, type Tiers } from './calico-tiers';
import type { CompiledRule } from './compiled-rule';
import type { EndpointClass } from './endpoint-classes';
import { heeds, type Engine } from './engine';
import type { Direction, Policy } from './policy';
import type { Stage } from './side';

/** A policy with the rules of one direction, for an endpoint that it is for. */
export interface Applying {
  readonly policy: Policy;
  readonly isolates: boolean;
  readonly rules: readonly CompiledRule[];
}

/** The order in which an engine asks the rules that are for one endpoint. */
export function stagesOf(engine: Engine, direction: Direction, target: EndpointClass, applying: readonly Applying[], tiers: Tiers): readonly Stage[] {
  if (engine === 'calico') {
    return target.endpoint.kind === 'host' ? hostStages(direction, target.endpoint, applying, tiers) : calicoStages(applying, tiers);
  }
  const rules = applying.flatMap((one) => one.rules);
  // NetworkPolicies only allow. Deny beats allow across all of Cilium's kinds. Source: Cilium docs, deny policies.
  const ordered = [...rules.filter(({ rule }) => rule.action === 'deny'), ...rules.filter(({ rule }) => rule.action !== 'deny')];
  return [{ rules: ordered, end: applying.some(({ isolates }) => isolates) ? 'deny' : 'next' }];
}

/** Policies that an engine takes notice of and that have a say in a direction. */
export function policiesOf(engine: Engine, policies: readonly Policy[], direction: Direction): Policy[] {
  return policies.filter((policy) => heeds(engine, policy.dialect) && policy.sides[direction] !== undefined);
}

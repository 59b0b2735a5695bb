import { AddressSet } from '../net/address-set';
import { K3S } from '../net/well-known';
import type { Dialect, Direction, Policy } from './policy';

/**
 * Who enforces policies. `k3s` is the controller that K3s embeds (kube-router's). `specification` is nobody: the text
 * of the NetworkPolicy API alone, under which every pod is an ordinary one and no ipBlock holds a pod.
 */
export const ENGINES = ['k3s', 'cilium', 'calico', 'specification'] as const;

export type Engine = (typeof ENGINES)[number];

export interface ReachOptions {
  /** @default the one whose policies there are, else `k3s` (Wayleave) */
  readonly engine?: Engine;
  /** Where pods have their addresses. @default 10.42.0.0/16 (K3s) */
  readonly podRanges?: AddressSet;
  /** Sets of addresses that are to be told apart in a direction, whether a rule of it does or not. @default none (Wayleave) */
  readonly cuts?: Readonly<Partial<Record<Direction, readonly AddressSet[]>>>;
}

/** The options with their defaults. */
export function settle(options: ReachOptions, policies: readonly Policy[]): Required<ReachOptions> {
  return {
    engine: options.engine ?? engineOf(policies),
    podRanges: options.podRanges ?? AddressSet.of(K3S.clusterCidr),
    cuts: options.cuts ?? {},
  };
}

function engineOf(policies: readonly Policy[]): Engine {
  if (policies.some(({ dialect }) => dialect === 'cilium')) return 'cilium';
  return policies.some(({ dialect }) => dialect === 'calico') ? 'calico' : 'k3s';
}

/** Whether an engine takes notice of policies of a dialect. Every engine does of NetworkPolicies. */
export function heeds(engine: Engine, dialect: Dialect): boolean {
  return dialect === 'kubernetes' || engine === dialect;
}

import type { AddressSet } from '../../net/address-set';
import type { PortRange } from '../../net/port';
import type { Protocol } from '../../plan/flow';
import type { Plan } from '../../plan/plan';
import { arrivals, isOnHost, type Arrival } from '../../plan/seen-as';
import { sortedBy } from '../../text/compare';

/** One thing that an interface of a node lets in. */
export interface HostRule {
  readonly protocol: Protocol;
  /** As it was dialled. Absent: every port, or a protocol without ports. */
  readonly port?: PortRange;
  /** The port at which a process of the node itself gets it. Absent: it only passes through, or has no port. */
  readonly landing?: PortRange;
  /** Whether it ends in a process of the node itself. */
  readonly lands: boolean;
  readonly icmpTypes?: readonly string[];
  /** Absent: anyone. */
  readonly sources?: AddressSet;
  /** Absent: any address of the node's own. */
  readonly destinations?: AddressSet;
  readonly reasons: readonly string[];
}

/** What one interface lets in: the plan's flows that arrive by it. Pods of the node itself come by devices of their own. */
export function hostRules(plan: Plan, node: string, device: string): HostRule[] {
  const here = arrivals(plan, node).filter(({ devices }) => devices.includes(device));
  return joinedRules(here.map((arrival) => ruleOf(arrival, plan, node)));
}

function ruleOf(arrival: Arrival, plan: Plan, node: string): HostRule {
  const { flow, protocol, port, translated, sources, destinations } = arrival;
  // What is for a pod is sent on to it, and the pod's own policies decide.
  const lands = isOnHost(flow.to, plan, node);
  const landing = lands ? (translated ?? port) : undefined;
  return {
    protocol,
    ...(port === undefined ? {} : { port }),
    ...(landing === undefined ? {} : { landing }),
    lands,
    ...(flow.icmpTypes === undefined ? {} : { icmpTypes: [...flow.icmpTypes].sort() }),
    ...(sources === undefined ? {} : { sources }),
    ...(destinations === undefined ? {} : { destinations }),
    reasons: [flow.reason],
  };
}

/** Rules of one reason become one, whoever calls; then those that are alike, whatever their reasons. */
export function joinedRules(rules: readonly HostRule[]): HostRule[] {
  const byReason = merged(rules, keyOf, (a, b) => ({ ...a, ...either(a, b) }));
  const alike = merged(
    byReason.values(),
    (rule) => `${targetOf(rule)} ${String(rule.sources ?? 'anyone')}`,
    (a, b) => ({ ...a, reasons: [...new Set([...a.reasons, ...b.reasons])].sort() }),
  );
  return sortedBy(alike, ([key]) => key).map(([, rule]) => rule);
}

/** What rules are about, whoever calls: two interfaces with the same keys let in the same. */
export function keysOf(rules: readonly HostRule[]): string[] {
  return rules.map(keyOf).sort();
}

function keyOf(rule: HostRule): string {
  return `${targetOf(rule)} ${rule.sources === undefined ? 'anyone' : 'some'} ${rule.reasons.join('; ')}`;
}

function targetOf({ protocol, port, landing, lands, icmpTypes, destinations }: HostRule): string {
  return [
    protocol,
    String(port?.first ?? 0).padStart(5, '0'),
    String(port ?? ''),
    String(landing ?? ''),
    String(lands),
    icmpTypes?.join(',') ?? '',
    String(destinations ?? ''),
  ].join(' ');
}

function either(a: HostRule, b: HostRule): Pick<HostRule, 'sources'> {
  return a.sources === undefined || b.sources === undefined ? {} : { sources: a.sources.union(b.sources) };
}

function merged(
  rules: Iterable<HostRule>,
  key: (rule: HostRule) => string,
  join: (a: HostRule, b: HostRule) => HostRule,
): Map<string, HostRule> {
  const found = new Map<string, HostRule>();
  for (const rule of rules) {
    const name = key(rule);
    const known = found.get(name);
    found.set(name, known === undefined ? rule : join(known, rule));
  }
  return found;
}

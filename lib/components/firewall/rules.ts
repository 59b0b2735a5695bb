import type { AddressSet } from '../../net/address-set';
import type { Family } from '../../net/address';
import type { PortRange } from '../../net/port';
import type { Prefix } from '../../net/prefix';
import type { Protocol } from '../../plan/flow';
import { isNode } from '../../plan/flow-end';
import { oncePerName } from '../../plan/once';
import type { Plan } from '../../plan/plan';
import { arrivals, type Arrival } from '../../plan/seen-as';
import { compareKeys } from '../../text/compare';

/** What one node's firewall lets in, and why: nothing else enters. */
export interface Rule {
  /** Devices it enters by; a trailing `*` stands for any end. */
  readonly devices: readonly string[];
  /** Source addresses. Absent: any. */
  readonly sources?: AddressSet;
  /** Destination addresses. Absent: any of the node's own. */
  readonly destinations?: AddressSet;
  readonly protocol: Protocol;
  /** Destination port as it was dialled. Absent: all, or a protocol without ports. */
  readonly port?: PortRange;
  /** The port at which a process of the node itself gets it, where address or port were translated on the way. */
  readonly landing?: PortRange;
  /** nftables' names. */
  readonly icmpTypes?: readonly string[];
  /** Why; one for each flow that wants the rule. */
  readonly reasons: readonly string[];
}

/** The rules of one node, those that are alike merged, in an order that depends on nothing but their content. */
export const rulesOf = oncePerName((plan: Plan, node): readonly Rule[] => {
  const merged = new Map<string, { rule: Rule; keys: (string | number)[]; reasons: Set<string> }>();
  for (const arrival of arrivals(plan, node)) {
    const rule = ruleOf(arrival, plan);
    const keys = keyOf(rule);
    const key = keys.join('\u0000');
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { rule, keys, reasons: new Set(rule.reasons) });
    else for (const reason of rule.reasons) known.reasons.add(reason);
  }
  return [...merged.values()]
    .sort((a, b) => compareKeys(a.keys, b.keys))
    .map(({ rule, reasons }) => ({ ...rule, reasons: [...reasons].sort() }));
});

function ruleOf(arrival: Arrival, plan: Plan): Rule {
  const { flow, devices, sources, destinations, protocol, port } = arrival;
  const landing = landingOf(arrival, plan);
  return {
    devices,
    ...(sources ? { sources } : {}),
    ...(destinations ? { destinations } : {}),
    protocol,
    ...(port ? { port } : {}),
    ...(landing ? { landing } : {}),
    ...(flow.icmpTypes ? { icmpTypes: [...flow.icmpTypes].sort() } : {}),
    reasons: [flow.reason],
  };
}

/** What is translated on its way to a pod only passes through the node; the rest lands on the node itself. */
function landingOf({ flow, translated, port }: Arrival, plan: Plan): PortRange | undefined {
  if (!isNode(flow.to, plan)) return undefined;
  return translated ?? (flow.address === 'vip' ? port : undefined);
}

function keyOf(rule: Rule): (string | number)[] {
  const { devices, protocol, port, icmpTypes, sources, destinations, landing } = rule;
  return [
    devices.join(','),
    protocol,
    port?.first ?? 0,
    port?.last ?? 0,
    icmpTypes?.join(',') ?? '',
    String(sources ?? ''),
    String(destinations ?? ''),
    String(landing ?? ''),
  ];
}

/** The rule as it reads behind a translation to the node's own process. Absent: nothing translates it. */
export function landed(rule: Rule): Rule | undefined {
  if (rule.landing === undefined) return undefined;
  const { destinations: _destinations, landing, ...rest } = rule;
  return { ...rest, port: landing, reasons: rule.reasons.map((reason) => `${reason} (translated)`) };
}

/** Whether a rule is about control messages. */
export function isIcmp({ protocol }: Rule): boolean {
  return protocol === 'icmp' || protocol === 'icmpv6';
}

/** The families a rule can match: those of its protocol, and those that both of its ends have. */
export function familiesOf({ protocol, sources, destinations }: Rule): readonly Family[] {
  const spoken: readonly Family[] =
    protocol === 'icmp' || protocol === 'ipip' ? [4] : protocol === 'icmpv6' ? [6] : [4, 6];
  return spoken.filter((family) =>
    [sources, destinations].every((set) => set === undefined || !set.family(family).isEmpty),
  );
}

export function prefixesOf(addresses: AddressSet, family: Family): readonly Prefix[] {
  return addresses.family(family).prefixes();
}

/** A prefix as firewalls print it: a single address without a length. */
export function printPrefix(prefix: Prefix): string {
  return prefix.size === 1n ? prefix.address.toString() : prefix.toString();
}

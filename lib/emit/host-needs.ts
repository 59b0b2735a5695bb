import type { KernelModule, Package, Sysctl } from '../plan/host-needs';
import type { Finding } from '../spec/finding';
import { compareKeys, compareText } from '../text/compare';
import { groupedBy } from '../text/group';

/** Something wanted, by the component that wants it. */
export type Wanted<T> = T & { readonly owner: string };

/** One thing with every reason for it, sorted. */
export interface Reasoned {
  readonly name: string;
  readonly reasons: readonly string[];
}

/** Joins what is wanted by name: once each, sorted, with every reason. */
export function mergeByName(wanted: readonly (KernelModule | Package)[]): Reasoned[] {
  const reasons = new Map<string, Set<string>>();
  for (const { name, reason } of wanted) reasons.set(name, (reasons.get(name) ?? new Set()).add(reason));
  return [...reasons]
    .map(([name, all]) => ({ name, reasons: [...all].sort() }))
    .sort((a, b) => compareText(a.name, b.name));
}

/** Joins sysctls by key: one value each, with every reason; two values for one key are a conflict. */
export function mergeSysctls(
  node: string,
  wanted: readonly Wanted<Sysctl>[],
): { sysctls: (Reasoned & { readonly value: string })[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const byKey = groupedBy(
    [...wanted].sort((a, b) => compareKeys(keysOf(a), keysOf(b))),
    ({ key }) => key,
  );
  const sysctls = [...byKey.values()].map((same) => {
    const [first] = same as [Wanted<Sysctl>];
    const other = same.find((sysctl) => sysctl.value !== first.value);
    if (other !== undefined) findings.push(conflict(node, first, other));
    return { name: first.key, value: first.value, reasons: [...new Set(same.map((sysctl) => sysctl.reason))].sort() };
  });
  return { sysctls, findings };
}

function keysOf({ key, value, owner, reason }: Wanted<Sysctl>): string[] {
  return [key, value, owner, reason];
}

function conflict(node: string, a: Wanted<Sysctl>, b: Wanted<Sysctl>): Finding {
  return {
    code: 'SYSCTL_CONFLICT',
    severity: 'error',
    at: [['nodes', node]],
    message: `sysctl ${a.key} of ${node} is ${a.value} for ${a.owner} (${a.reason}) and ${b.value} for ${b.owner} (${b.reason})`,
    fix: `change the options of ${a.owner} or of ${b.owner} so that both want one value`,
  };
}

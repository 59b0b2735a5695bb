import type { Finding } from '../spec/finding';
import { compareText } from '../text/compare';
import type { K3sFlag } from './host-needs';

/**
 * Joins what several components want in one node's K3s config: lists grow, a single text beside a list is one more of its
 * entries, as it is to K3s; single values must agree.
 */
export function mergeK3sFlags(node: string, wanted: readonly K3sFlag[]): { flags: K3sFlag[]; findings: Finding[] } {
  const flags = new Map<string, K3sFlag>();
  const findings: Finding[] = [];
  for (const flag of [...wanted].sort((a, b) => compareText(a.name, b.name) || compareText(a.owner, b.owner))) {
    const known = flags.get(flag.name);
    if (known === undefined) flags.set(flag.name, flag);
    else if (isList(known.value) || isList(flag.value)) {
      const joined = join(known, flag);
      if (joined === undefined) findings.push(conflict(node, known, flag));
      else flags.set(flag.name, joined);
    } else if (JSON.stringify(known.value) !== JSON.stringify(flag.value)) findings.push(conflict(node, known, flag));
  }
  const sorted = [...flags.values()].map((flag) =>
    isList(flag.value) ? { ...flag, value: [...new Set(flag.value)].sort() } : flag,
  );
  return { flags: sorted, findings };
}

function isList(value: K3sFlag['value']): value is readonly string[] {
  return Array.isArray(value);
}

function join(known: K3sFlag, flag: K3sFlag): K3sFlag | undefined {
  const [own, more] = [entriesOf(known.value), entriesOf(flag.value)];
  if (own === undefined || more === undefined) return undefined;
  const reasons = [...new Set([...known.reason.split('; '), flag.reason])].sort();
  return { ...known, value: [...own, ...more], reason: reasons.join('; ') };
}

function entriesOf(value: K3sFlag['value']): readonly string[] | undefined {
  return isList(value) ? value : typeof value === 'string' ? [value] : undefined;
}

function conflict(node: string, a: K3sFlag, b: K3sFlag): Finding {
  const side = ({ value, owner, reason }: K3sFlag) => `${JSON.stringify(value)} for ${owner} (${reason})`;
  return {
    code: 'K3S_FLAG_CONFLICT',
    severity: 'error',
    at: [['k3s', 'extraFlags']],
    message: `K3s flag ${a.name} of ${node} is ${side(a)} and ${side(b)}`,
    ...([a, b].some(({ owner }) => owner === 'k3s') ? { fix: 'take it out of k3s.extraFlags' } : {}),
  };
}

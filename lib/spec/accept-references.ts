import { whyNever } from './accept';
import { invalid } from './faults';
import type { Finding } from './finding';
import { member } from './walk';

/** Entries of `accept` for findings that cannot be accepted. */
export function acceptFindings(raw: unknown): Finding[] {
  const entries = member(raw, 'accept');
  if (!Array.isArray(entries)) return [];
  return (entries as unknown[]).flatMap((entry, i) => {
    const code = member(entry, 'code');
    const why = typeof code === 'string' ? whyNever(code) : undefined;
    if (why === undefined) return [];
    return [invalid(['accept', i, 'code'], `${String(code)} cannot be accepted: ${why}`, 'mend what it names')];
  });
}

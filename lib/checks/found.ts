import type { Family } from '../net/address';
import { printPath, type Finding, type FindingCode, type SpecPath, type Suggestion } from '../spec/finding';
import { list } from '../text/list';

/** What a rule has to say beside the code: where, what, and what would be right. */
interface Said {
  /** The place to change first, then every other one that has a part in it. */
  readonly at: readonly SpecPath[];
  readonly message: string;
  readonly fix?: string;
  readonly suggest?: Suggestion;
}

/** Something that cannot work, or is dangerous without having been meant. */
export const fails = (code: FindingCode, said: Said): Finding => found(code, 'error', said);

/** Something that works and should be known. */
export const warns = (code: FindingCode, said: Said): Finding => found(code, 'warning', said);

function found(code: FindingCode, severity: Finding['severity'], { at, ...said }: Said): Finding {
  return { code, severity, at: distinct(at), ...said };
}

/** Places, each once, in the order in which they first come. */
function distinct(paths: readonly SpecPath[]): SpecPath[] {
  return [...new Map(paths.map((path) => [printPath(path), path])).values()];
}

/** `IPv4`, `IPv4 and IPv6`. */
export function familyNames(families: readonly Family[]): string {
  return families.map((family) => `IPv${family}`).join(' and ');
}

/** `a`, `a and b`, `a, b and c`; of many, the first few and how many more. */
export function listed(names: readonly string[], most = 6): string {
  if (names.length > most) return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
  return list(names);
}

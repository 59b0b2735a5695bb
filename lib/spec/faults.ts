import { nearest } from '../text/suggest';
import type { Finding, FindingCode, SpecPath } from './finding';

/** An error at one place of a spec. */
export function fault(code: FindingCode, at: SpecPath, message: string, fix?: string): Finding {
  return { code, severity: 'error', at: [at], message, ...(fix === undefined ? {} : { fix }) };
}

/** A value that cannot be. */
export const invalid = (at: SpecPath, message: string, fix?: string): Finding =>
  fault('SPEC_INVALID', at, message, fix);

/** Values that cannot be together, the one to change first. */
export function clash(at: readonly SpecPath[], message: string, fix: string): Finding {
  return { code: 'SPEC_INVALID', severity: 'error', at, message, fix };
}

/**
 * A name that nothing bears: the nearest known one is the fix, or the only one.
 * @param meant those of the known ones that can have been meant
 */
export function unknownName(
  at: SpecPath,
  problem: string,
  where: string,
  name: string,
  known: readonly string[],
  meant: readonly string[] = known,
): Finding {
  const sorted = [...known].sort();
  const fix = nearest(name, meant) ?? (known.length === 1 ? meant[0] : undefined);
  return fault(
    'SPEC_UNKNOWN_NAME',
    at,
    `${problem}; ${where} ${sorted.length === 0 ? 'none' : sorted.join(', ')}`,
    fix,
  );
}

/** A name that its owner does not have, if so: a port of an app, an entrypoint of an ingress. */
export function unknownPart(
  at: SpecPath,
  owner: string,
  noun: string,
  name: string,
  known: readonly string[],
): Finding[] {
  if (known.includes(name)) return [];
  return [unknownName(at, `${owner} has no ${noun} ${JSON.stringify(name)}`, 'it has', name, known)];
}

import { nearest } from '../text/suggest';
import { FINDING_CODES, printPath, type Finding, type FindingCode } from './finding';
import { keysOf, textOf } from './names';
import { member } from './walk';

interface Entry {
  readonly code: string;
  readonly at: string;
  readonly index: number;
}

/**
 * What a spec accepts: each entry silences the findings of one code at one place, whichever step makes them. It is
 * read from what is written, so that it holds before the spec is known to be in order. An entry that is misspelt
 * is reported by itself, and silences what it was meant for.
 */
export class Acceptance {
  readonly #entries: readonly Entry[];
  readonly #used = new Set<number>();

  constructor(raw: unknown) {
    const list: unknown = member(raw, 'accept');
    this.#entries = (Array.isArray(list) ? (list as unknown[]) : []).flatMap((entry, index) => {
      const [code, at] = [meantCode(textOf(valueOf(entry, 'code'))), textOf(valueOf(entry, 'at'))];
      return code === undefined || at === undefined || whyNever(code) !== undefined ? [] : [{ code, at, index }];
    });
  }

  /** Whether the spec accepts nothing. */
  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /** What is left of findings once those that are accepted are out. */
  left(findings: readonly Finding[]): readonly Finding[] {
    if (this.isEmpty) return findings;
    return findings.filter((finding) => !this.#accepts(finding));
  }

  #accepts({ code, at }: Finding): boolean {
    const places = new Set(at.map(printPath));
    const entries = this.#entries.filter((entry) => entry.code === code && places.has(entry.at));
    for (const { index } of entries) this.#used.add(index);
    return entries.length > 0;
  }

  /**
   * Entries that nothing was found for, as findings.
   * @param isLookedFor whether the steps that can find a code have been taken
   */
  unused(isLookedFor: (code: FindingCode) => boolean): Finding[] {
    return this.#entries
      .filter(({ code, index }) => !this.#used.has(index) && isLookedFor(code as FindingCode))
      .map(({ code, at, index }) => ({
        code: 'ACCEPT_UNUSED',
        severity: 'warning',
        at: [['accept', index]],
        message: `nothing at ${at} gives ${code} any more`,
        fix: 'take this entry out',
      }));
  }
}

/** What stands at a key, or at one that was probably meant to be it. */
function valueOf(entry: unknown, key: string): unknown {
  if (keysOf(entry).includes(key)) return member(entry, key);
  const near = keysOf(entry).filter((one) => nearest(one, [key, 'reason']) === key);
  return near.length === 1 ? member(entry, near[0] ?? '') : undefined;
}

function meantCode(code: string | undefined): string | undefined {
  if (code === undefined || FINDING_CODES.some((one) => one === code)) return code;
  return nearest(code, FINDING_CODES);
}

const NO_PLAN = 'without it there is no plan to go on with';
const NO_FILES = 'files are made only of a spec that has no such fault';
const ONE_LOST = 'of two things that want one place, one would be lost';
const NO_VALUE = 'only one of the values can be written, and nothing says which';
const NOT_OF_SPEC = 'it is not about the spec';

/** Findings that no reason makes good, each with why. Everything else can be accepted. */
const NEVER: Readonly<Partial<Record<string, string>>> = {
  ACCEPT_UNUSED: 'the entry it names can be taken out',
  CAPABILITY_CYCLE: 'there is no order in which to start the components',
  CLUSTER_TWICE: ONE_LOST,
  COMPONENT_UNAVAILABLE: NO_PLAN,
  FILE_EDITED: NOT_OF_SPEC,
  K3S_FLAG_CONFLICT: NO_VALUE,
  MANIFEST_NOT_UNDERSTOOD: NOT_OF_SPEC,
  MANIFEST_UNREADABLE: NOT_OF_SPEC,
  NODE_WITHOUT_ADDRESS: NO_PLAN,
  OBJECT_MISPLACED: 'the API server refuses the object, or puts it into whichever namespace is at hand',
  OBJECT_TWICE: ONE_LOST,
  OUTPUT_BLOCKED: NOT_OF_SPEC,
  PATH_TWICE: ONE_LOST,
  POLICY_INVALID: NOT_OF_SPEC,
  POLICY_WITHOUT_EFFECT: NOT_OF_SPEC,
  SECRET_IN_OUTPUT: 'what is committed once is no secret any more',
  SPEC_INVALID: NO_FILES,
  SPEC_SYNTAX: NO_FILES,
  SPEC_UNKNOWN_KEY: NO_FILES,
  SPEC_UNKNOWN_NAME: NO_FILES,
  SYSCTL_CONFLICT: NO_VALUE,
  UPGRADE_UNCOMPARED: NOT_OF_SPEC,
} satisfies Partial<Record<FindingCode, string>>;

/** Why a finding of this code cannot be accepted; undefined where it can. */
export function whyNever(code: string): string | undefined {
  return Object.hasOwn(NEVER, code) ? NEVER[code] : undefined;
}

import type { SpecPath } from './finding';

/** A cluster's spec as it was read, which can tell where each of its parts is written. */
export interface SpecSource {
  /** Path of the file, as it was given. */
  readonly file: string;
  /** What the file says, not yet checked. */
  readonly raw: unknown;
  /**
   * Where a part is written: `clusters/x.yaml:12:5`, or `clusters/x.ts: nodes.a.addresses` where lines are not known.
   * A part that is missing is placed at what should hold it.
   */
  locate(path: SpecPath): string;
  /** A single value in the file's own letters, where they say more than the value read from them: `1.30`. */
  sourceText?(path: SpecPath): string | undefined;
}

import type { Tree } from '../emit/tree';
import type { Finding } from '../spec/finding';
import type { Found } from '../spec/report';
import type { SpecSource } from '../spec/source';

/** What an example is run by: parts of the program that stand above this room. */
export interface Tools {
  /** The walk from a spec to the tree of files. */
  walk(
    source: SpecSource,
    upTo: 'tree',
  ): { readonly tree?: Tree; readonly findings: readonly Finding[]; readonly notices?: readonly Finding[] };
  /** Everything that is found in one run over these specs, none of which is written yet. */
  survey(sources: readonly SpecSource[]): readonly Found[];
  /**
   * What is found when a spec takes the place of the one that the tree was written from.
   * @param changed files of that tree as they lie there now, by path. @default none: as they were written
   */
  upgrade(before: SpecSource, after: SpecSource, changed?: Readonly<Record<string, string>>): readonly Found[];
}

import type { Tree } from '../emit/tree';
import type { Finding } from '../spec/finding';
import type { SpecSource } from '../spec/source';

/** What an example is run by: parts of the program that stand above this room. */
export interface Tools {
  /** The walk from a spec to the tree of files. */
  walk(source: SpecSource, upTo: 'tree'): { readonly tree?: Tree; readonly findings: readonly Finding[] };
  /** Whether another spec, of those in `names` by the cluster's name, already describes this cluster. */
  nameTaken(source: SpecSource, names: Map<string, string>): readonly Finding[];
}

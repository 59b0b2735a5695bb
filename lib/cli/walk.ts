import type { Tree } from '../emit/tree';
import type { Plan } from '../plan/plan';
import type { Proof } from '../proof/prove';
import type { Acceptance } from '../spec/accept';
import type { Finding, SpecPath } from '../spec/finding';
import type { SpecSource } from '../spec/source';

/** How far the walk came with one spec, and what it found on the way. */
export interface Walked {
  readonly source: SpecSource;
  readonly plan?: Plan;
  /** A plan of what is sound of a spec that has errors: to be compared with others, and never shown. */
  readonly draft?: Draft;
  readonly tree?: Tree;
  readonly findings: readonly Finding[];
  /** What is no fault, and worth knowing; absent where it did not come to a tree. */
  readonly notices?: readonly Finding[];
  /** Who reaches whom by the policies of the tree. */
  readonly proof?: Proof;
  /** What the spec accepts, for the steps that follow the walk; absent where it did not come to a plan. */
  readonly accepted?: Acceptance;
}

export interface Draft {
  readonly plan: Plan;
  /** Where a part of its spec stands in the spec as it is written. */
  readonly written: (path: SpecPath) => SpecPath;
}

/** The walk from a spec to a plan, or on to the tree of files. */
export type Walk = (source: SpecSource, upTo: 'plan' | 'tree') => Walked;

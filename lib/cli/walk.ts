import type { Tree } from '../emit/tree';
import type { Plan } from '../plan/plan';
import type { Finding } from '../spec/finding';
import type { SpecSource } from '../spec/source';

/** How far the walk came with one spec, and what it found on the way. */
export interface Walked {
  readonly source: SpecSource;
  readonly plan?: Plan;
  readonly tree?: Tree;
  readonly findings: readonly Finding[];
}

/** The walk from a spec to a plan, or on to the tree of files. */
export type Walk = (source: SpecSource, upTo: 'plan' | 'tree') => Walked;

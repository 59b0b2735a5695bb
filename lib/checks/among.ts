import type { Plan } from '../plan/plan';
import type { Finding, FindingCode, SpecPath } from '../spec/finding';
import { compareText } from '../text/compare';

/** The place of a part in the spec of one of several clusters. */
export interface ClusterPlace {
  readonly cluster: string;
  readonly at: SpecPath;
}

/** What a rule about several clusters found: a finding of the first of them, and its places in the others. */
export interface AmongFinding extends Finding {
  /** The cluster whose spec `at` is about: the one to change first. */
  readonly cluster: string;
  readonly others: readonly ClusterPlace[];
}

/**
 * A rule about several clusters: what clusters that share a network must not both have. A run may read thousands of
 * them, whose plans are gone by the end: what `keep` returns is all that is left of each, so it should be small.
 */
export interface AmongRule<Kept> {
  readonly codes: readonly FindingCode[];
  /** What is to be compared of one cluster; undefined if it has nothing to compare. */
  keep(plan: Plan): Kept | undefined;
  /** @param all what was kept, by cluster, in code-unit order of their names */
  compare(all: ReadonlyMap<string, Kept>): readonly AmongFinding[];
}

/** One run of one rule. */
export interface Among {
  readonly codes: readonly FindingCode[];
  add(plan: Plan): void;
  findings(): readonly AmongFinding[];
}

/** Makes a rule into something that can be listed with others, whatever they keep. */
export function among<Kept>(rule: AmongRule<Kept>): () => Among {
  return () => {
    const kept = new Map<string, Kept>();
    return {
      codes: rule.codes,
      add: (plan) => {
        const one = rule.keep(plan);
        if (one !== undefined) kept.set(plan.spec.name, one);
      },
      findings: () => (kept.size < 2 ? [] : rule.compare(new Map([...kept].sort(([a], [b]) => compareText(a, b))))),
    };
  };
}

import type { AddressSet } from './address-set';
import type { Range } from './range';

/** Two sets of a list, by their places in it, and the addresses that both hold. */
export interface Overlap {
  readonly first: number;
  readonly second: number;
  readonly shared: AddressSet;
}

interface Span {
  readonly range: Range;
  readonly index: number;
}

/**
 * Every pair of sets that share an address, ordered by place in the list.
 * One sweep over the sorted ranges, so that sets which overlap nothing cost no comparison with each other.
 */
export function overlapsAmong(sets: readonly AddressSet[]): Overlap[] {
  const spans: Span[] = sets.flatMap((set, index) => set.ranges().map((range) => ({ range, index })));
  spans.sort((a, b) => a.range.compare(b.range));

  const pairs = new Map<string, readonly [number, number]>();
  // Ranges of one set never overlap, so that two open spans are of two sets.
  let open: Span[] = [];
  for (const span of spans) {
    open = open.filter((each) => each.range.overlaps(span.range));
    for (const each of open) {
      const pair = [Math.min(each.index, span.index), Math.max(each.index, span.index)] as const;
      pairs.set(pair.join(), pair);
    }
    open.push(span);
  }

  return [...pairs.values()]
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .map(([first, second]) => ({ first, second, shared: at(sets, first).intersection(at(sets, second)) }));
}

function at(sets: readonly AddressSet[], index: number): AddressSet {
  return sets[index] as AddressSet;
}

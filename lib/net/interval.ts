/** What an interval may count: bigint for addresses, number for ports. */
export type Ordinal = number | bigint;

/** All whole values from `first` to `last`, both included. */
export interface Interval<T extends Ordinal> {
  readonly first: T;
  readonly last: T;
}

/**
 * A set of values in normal form: intervals sorted by `first`, with a gap between each and the next.
 * Equal sets have equal normal forms. Every function here takes and gives normal forms, except `normalise`.
 */
export type Intervals<T extends Ordinal> = readonly Interval<T>[];

/** The normal form of intervals in any order that may overlap or touch. */
export function normalise<T extends Ordinal>(intervals: readonly Interval<T>[]): Intervals<T> {
  if (intervals.length < 2) return intervals;
  return coalesce([...intervals].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0)));
}

/** Values in either. */
export function union<T extends Ordinal>(a: Intervals<T>, b: Intervals<T>): Intervals<T> {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const sorted: Interval<T>[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = a[i];
    const right = b[j];
    if (left !== undefined && (right === undefined || left.first <= right.first)) {
      sorted.push(left);
      i++;
    } else if (right !== undefined) {
      sorted.push(right);
      j++;
    }
  }
  return coalesce(sorted);
}

/** Values in both. */
export function intersection<T extends Ordinal>(a: Intervals<T>, b: Intervals<T>): Intervals<T> {
  const common: Interval<T>[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const left = a[i];
    const right = b[j];
    if (left === undefined || right === undefined) return common;
    const first = left.first > right.first ? left.first : right.first;
    const last = left.last < right.last ? left.last : right.last;
    if (first <= last) common.push({ first, last });
    if (left.last < right.last) i++;
    else j++;
  }
}

/** Values of `a` that are not in `b`. */
export function difference<T extends Ordinal>(a: Intervals<T>, b: Intervals<T>): Intervals<T> {
  if (a.length === 0 || b.length === 0) return a;
  const rest: Interval<T>[] = [];
  let j = 0;
  // Not by an iterator, which costs more than all the rest: most sets have one interval, and many are asked for.
  for (let i = 0; i < a.length; i++) {
    const { first, last } = a[i] as Interval<T>;
    let from = first;
    while (j < b.length && (b[j] as Interval<T>).last < first) j++;
    // The last hole may reach into the next interval of `a`, so `j` itself stays on it.
    for (let k = j; from <= last; k++) {
      const hole = b[k];
      if (hole === undefined || hole.first > last) {
        rest.push({ first: from, last });
        break;
      }
      if (hole.first > from) rest.push({ first: from, last: before(hole.first) });
      from = after(hole.last);
      j = k;
    }
  }
  return rest;
}

/** Whether every value of `part` is in `whole`. */
export function contains<T extends Ordinal>(whole: Intervals<T>, part: Intervals<T>): boolean {
  return part.every((interval) => {
    const candidate = whole[firstEndingAtOrAfter(whole, interval.first)];
    return candidate !== undefined && candidate.first <= interval.first && interval.last <= candidate.last;
  });
}

/** Whether any value is in both. */
export function overlaps<T extends Ordinal>(a: Intervals<T>, b: Intervals<T>): boolean {
  if (a.length > b.length) return overlaps(b, a);
  return a.some((interval) => {
    const candidate = b[firstEndingAtOrAfter(b, interval.first)];
    return candidate !== undefined && candidate.first <= interval.last;
  });
}

/** Whether both hold the same values. */
export function equals<T extends Ordinal>(a: Intervals<T>, b: Intervals<T>): boolean {
  return a.length === b.length && a.every((each, i) => each.first === b[i]?.first && each.last === b[i].last);
}

function coalesce<T extends Ordinal>(sorted: readonly Interval<T>[]): Intervals<T> {
  const merged: Interval<T>[] = [];
  let open: Interval<T> | undefined;
  for (const each of sorted) {
    if (open === undefined) {
      open = each;
    } else if (each.first > open.last && each.first !== after(open.last)) {
      merged.push(open);
      open = each;
    } else if (each.last > open.last) {
      open = { first: open.first, last: each.last };
    }
  }
  if (open !== undefined) merged.push(open);
  return merged;
}

function firstEndingAtOrAfter<T extends Ordinal>(intervals: Intervals<T>, value: T): number {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((intervals[middle] as Interval<T>).last < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function after<T extends Ordinal>(value: T): T {
  return shift(value, 1);
}

function before<T extends Ordinal>(value: T): T {
  return shift(value, -1);
}

function shift<T extends Ordinal>(value: T, by: 1 | -1): T {
  const ordinal: Ordinal = value;
  // The sum is of the type of `value`, which the compiler cannot tell of a type parameter.
  return (typeof ordinal === 'bigint' ? ordinal + BigInt(by) : ordinal + by) as T;
}

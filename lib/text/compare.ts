/** Code-unit order: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The entries of a record in code-unit order of their keys. */
export function sortedEntries<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort((a, b) => compareText(a[0], b[0]));
}

/** A sorted copy, ordered by the text that `key` gives for each item. */
export function sortedBy<T>(items: Iterable<T>, key: (item: T) => string): T[] {
  return [...items]
    .map((item) => ({ item, text: key(item) }))
    .sort((a, b) => compareText(a.text, b.text))
    .map(({ item }) => item);
}

/** Order by several keys, the first that differs decides. Numbers compare as numbers. */
export function compareKeys(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const x = a[i] as string | number;
    const y = b[i] as string | number;
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : compareText(String(x), String(y));
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

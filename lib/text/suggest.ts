/** Edits (insert, delete, replace, swap of neighbours) that turn `a` into `b`. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}

/**
 * The known word that a misspelt one most likely meant, or nothing if none is near.
 * Near: at most a third of the longer word's letters differ, case aside; or the only one of which it is the beginning,
 * up to a hyphen.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: { word: string; edits: number } | undefined;
  const words = [...new Set(known)].sort();
  for (const candidate of words) {
    const edits = distance(word.toLowerCase(), candidate.toLowerCase());
    const most = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3));
    if (edits <= most && (best === undefined || edits < best.edits)) best = { word: candidate, edits };
  }
  if (best !== undefined) return best.word;
  const [begun, ...more] = words.filter((candidate) => word !== '' && candidate.startsWith(`${word}-`));
  return more.length === 0 ? begun : undefined;
}

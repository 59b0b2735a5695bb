/** A line of a tree of files: where it stands, with the machine's name left out, and what it says. */
const linesOf = (files: ReadonlyMap<string, string>) =>
  new Set(
    [...files].flatMap(([path, text]) =>
      text.split('\n').map((line) => `${path.replace(/^hosts\/[^/]+\//, 'hosts/*/')}: ${line.trim()}`),
    ),
  );

/** What only one of two trees says, and what only the other, both in order. */
export function difference(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  return {
    gone: [...old].filter((line) => !fresh.has(line)),
    come: [...fresh].filter((line) => !old.has(line)),
  };
}

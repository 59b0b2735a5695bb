/** A table for a terminal: columns as wide as their widest cell, two spaces between them. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  // Not spread into arguments: a table can have more rows than a call can have those.
  const widths = head.map((title, i) =>
    rows.reduce((width, row) => Math.max(width, row[i]?.length ?? 0), title.length),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n') + '\n';
}

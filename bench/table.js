'use strict';

/** A Markdown table; the first column is text, the others are figures. Cells are padded, to be read as plain text too. */
function table(head, rows) {
  const widths = head.map((title, column) =>
    Math.max(4, ...[title, ...rows.map((row) => row[column])].map((cell) => cell.length)),
  );
  const line = (cells) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`;
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

module.exports = { table };

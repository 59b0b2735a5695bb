/** Markdown as GitHub reads it (GFM). A text is data and is escaped; a block is Markdown and stands between blank lines. */

const BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;

/** What starts or ends a span anywhere. An underscore does so only at the edge of a word (GFM, 6.4). */
const SPECIAL = /[\\`*[\]~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;

/** Whatever any of the replacements below may be about. Most texts hold none of it. */
const UNUSUAL = /[^A-Za-z0-9 ,.;:!?'"()/@%+={}>^#\u2013\u2014\u2018-\u201d-]/;

/** Data as Markdown text that shows the same characters, on one line. */
export function text(data: string): string {
  if (!UNUSUAL.test(data)) return data;
  return data
    .replace(BREAK, ' ')
    .replace(SPECIAL, '\\$&')
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/\|/g, '&#124;');
}

/** What needs neither a longer fence nor padding, and has no break in it. */
const PLAIN_CODE = /^[!-_a-~](?:[ -_a-~]*[!-_a-~])?$/;

/** Data as a code span. Its fence is longer than any run of backticks inside (GFM, 6.3). */
export function code(data: string): string {
  if (PLAIN_CODE.test(data)) return `\`${data}\``;
  const line = data.replace(BREAK, ' ');
  if (line === '') return '';
  const runs = line.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') || (line.startsWith(' ') && line.endsWith(' ')) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A fenced block. */
export function fenced(language: string, lines: readonly string[]): string {
  const runs = lines.flatMap((line) => /^\s*(`{3,})/.exec(line)?.[1]?.length ?? []);
  const fence = '`'.repeat(Math.max(2, ...runs) + 1);
  return [fence + language, ...lines, fence].join('\n');
}

/** A table of Markdown cells. Rows shorter than the head are filled up. @throws RangeError for a row that is longer */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => {
    const shown = UNUSUAL_IN_CELL.test(cells.join('')) ? cells.map(cell) : cells;
    const written = `| ${shown.join(' | ')} |`;
    return written.includes('  ') ? written.replace(/ {2,}/g, ' ') : written;
  };
  const body = rows.map((row) => {
    if (row.length > head.length) throw new RangeError(`a row of ${row.length} cells in a table of ${head.length}`);
    return line(row.length === head.length ? row : [...row, ...Array<string>(head.length - row.length).fill('')]);
  });
  return [line(head), `| ${head.map(() => '---').join(' | ')} |`, ...body].join('\n');
}

/** Breaks, pipes, and white space that is no space. Most cells hold none of it. */
const UNUSUAL_IN_CELL = /[^\S ]|[|\u0085]/;

/** A pipe ends a cell even inside a code span, unless a backslash stands before it (GFM, 4.10). */
function cell(markdown: string): string {
  return markdown.trim().replace(BREAK, '<br>').replace(/\|/g, '\\|');
}

export function heading(level: 1 | 2 | 3 | 4, markdown: string): string {
  return `${'#'.repeat(level)} ${markdown.replace(BREAK, ' ')}`;
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item.replace(BREAK, '\n  ')}`).join('\n');
}

export function numbered(items: readonly string[]): string {
  return items.map((item, i) => `${i + 1}. ${item.replace(BREAK, '\n   ')}`).join('\n');
}

/** Where a link to a heading of the same document leads, as GitHub makes it: unique headings assumed. */
export function anchor(title: string): string {
  return `#${title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replace(/ /g, '-')}`;
}

/** Blocks with a blank line between them. */
export function blocks(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

import { textTable } from '../../text/table';
import type { Connection } from '../connections';
import { cells, HEAD, usedColumns } from './cells';
import { dot } from './dot';

/** How a list of connections can be written. */
export const FORMATS: Readonly<Record<string, (connections: readonly Connection[]) => string>> = {
  text,
  json,
  csv,
  md,
  dot,
};

function text(connections: readonly Connection[]): string {
  const rows = connections.map(cells);
  const used = usedColumns(rows);
  return textTable(
    used.map((i) => HEAD[i] ?? ''),
    rows.map((row) => used.map((i) => row[i] ?? '')),
  );
}

function json(connections: readonly Connection[]): string {
  return `${JSON.stringify(connections, null, 2)}\n`;
}

/** The head and a line for each connection; put together piece by piece, since there may be millions. */
function lines(connections: readonly Connection[], write: (row: readonly string[]) => string): string {
  const pieces = [write(HEAD)];
  for (let i = 0; i < connections.length; i += PIECE)
    pieces.push(
      connections
        .slice(i, i + PIECE)
        .map((one) => write(cells(one)))
        .join(''),
    );
  return pieces.join('');
}

const PIECE = 1000;

/** Source: RFC 4180. */
function csv(connections: readonly Connection[]): string {
  const quote = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell);
  return lines(connections, (row) => `${row.map(quote).join(',')}\r\n`);
}

function md(connections: readonly Connection[]): string {
  const rows = connections.map(cells);
  const used = usedColumns(rows);
  const line = (row: readonly string[]) =>
    `| ${used.map((i) => (row[i] ?? '').replace(/[\\|]/g, '\\$&')).join(' | ')} |\n`;
  return line(HEAD) + `|${used.map(() => ' --- ').join('|')}|\n` + rows.map(line).join('');
}

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { foundOnMachine } from './machine';

const PAGE = join(__dirname, '../../docs/reliability.md');

/** A column; one that varies from run to run is quoted from one of them and not compared. */
export type Column = string | { readonly title: string; readonly varies: true };

/** Where tables are kept until all tests are done: files of tests run beside each other. */
const keptTables = () => `${foundOnMachine()}.`;

/** Puts the tables that were kept into the page. */
export function writeTables(): void {
  const folder = dirname(keptTables());
  for (const name of readdirSync(folder)) {
    const kept = join(folder, name);
    if (!kept.startsWith(keptTables())) continue;
    const { before, after } = placeOf(kept.slice(keptTables().length));
    writeFileSync(PAGE, before + readFileSync(kept, 'utf8') + after);
    rmSync(kept);
  }
}

/** The page around a table. @throws Error if it has no such table */
function placeOf(name: string): { before: string; quoted: string; after: string } {
  const page = readFileSync(PAGE, 'utf8');
  const begin = `<!-- table: ${name} -->\n`;
  const start = page.indexOf(begin) + begin.length;
  const end = page.indexOf('<!-- end -->', start);
  if (start < begin.length || end < 0) throw new Error(`docs/reliability.md has no table ${name}`);
  return { before: page.slice(0, start), quoted: page.slice(start, end), after: page.slice(end) };
}

/** One table of docs/reliability.md, which is what these tests found. */
export class Report {
  private readonly rows: string[][] = [];
  private caption = '';

  constructor(
    private readonly name: string,
    private readonly columns: readonly Column[],
  ) {}

  add(cells: readonly (string | number)[]): void {
    this.rows.push(cells.map(String));
  }

  /** A sentence above the table, which is not compared: the seed of a run. */
  say(caption: string): void {
    this.caption = caption;
  }

  /**
   * Prints the table, and keeps it for the page where WAYLEAVE_WRITE_RELIABILITY is set.
   * @throws Error if the page tells of something else
   */
  check(): void {
    const table = [this.columns.map(titleOf), ...this.rows];
    console.log([this.name, this.caption, ...table.map((row) => row.join(' | '))].join('\n'));
    const { quoted: text } = placeOf(this.name);
    if (process.env['WAYLEAVE_WRITE_RELIABILITY'] !== undefined) {
      const written = `\n${this.caption === '' ? '' : `${this.caption}\n\n`}${print(table)}\n`;
      writeFileSync(`${keptTables()}${this.name}`, written);
      return;
    }
    const quoted = text
      .split('\n')
      .filter((line) => line.startsWith('|') && !line.startsWith('| --'))
      .map((line) => line.split('|').slice(1, -1));
    if (this.fixed(quoted) === this.fixed(table)) return;
    throw new Error(
      `the table ${this.name} of docs/reliability.md is stale: run WAYLEAVE_WRITE_RELIABILITY=1 npm run test:host`,
    );
  }

  private fixed(table: readonly (readonly string[])[]): string {
    return table
      .map((row) =>
        row
          .filter((_, i) => typeof this.columns[i] === 'string')
          .map((cell) => cell.trim())
          .join('|'),
      )
      .join('\n');
  }
}

const titleOf = (column: Column) => (typeof column === 'string' ? column : column.title);

/** As prettier lays a table out. */
function print(table: readonly (readonly string[])[]): string {
  const widths = (table[0] ?? []).map((_, i) => Math.max(3, ...table.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [head = [], ...rows] = table;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line), ''].join('\n');
}

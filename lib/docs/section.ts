import { blocks, heading, table } from '../text/markdown';

/** A heading with a table; nothing where the table would be empty. */
export function section(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : blocks([heading(3, title), table(head, rows)]);
}

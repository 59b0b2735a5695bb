import { code, table } from '../text/markdown';
import type { Option } from './options';
import { prose } from './prose';

/** Options as a table. Meanings are Markdown of the sources' docstrings. */
export function optionTable(options: readonly Option[]): string {
  return table(
    ['Option', 'Takes', 'Default', 'Meaning'],
    options.map(({ path, type, preset, when, meaning }) => [
      code(path),
      type,
      preset,
      [when, prose(meaning)].filter(Boolean).join(': '),
    ]),
  );
}

import { blocks, code, heading } from '../text/markdown';
import { GENERATED_NOTE } from './note';
import { optionTable } from './option-table';
import type { Option } from './options';
import { within } from './component-options';

/**
 * docs/guide/reference.md: every key of a spec.
 * @param pageOf the component whose page tells of an option, if there is one
 */
export function referencePage(all: readonly Option[], pageOf: (option: Option) => string | undefined): string {
  const tops = all.filter(({ path }) => !/[.[]/.test(path));
  return `${blocks([
    heading(1, 'Every key of a spec'),
    GENERATED_NOTE,
    'What the words under “Takes” mean stands in the [index of components](../components/README.md#words). Options of a component stand on its own page. [The guide](spec.md) shows them at work.',
    heading(2, 'At the top'),
    optionTable(tops),
    ...tops.flatMap(({ path }) => section(path, all, pageOf)),
  ])}\n`;
}

function section(top: string, all: readonly Option[], pageOf: (option: Option) => string | undefined): string[] {
  const inside = all.filter(({ path }) => path !== top && within(path, top));
  if (inside.length === 0) return [];
  const pages = [...new Set(inside.map(pageOf))].filter((page) => page !== undefined);
  const left = inside.filter((option) => pageOf(option) === undefined);
  const kinds = [...new Set(left.map(({ kind }) => kind))];
  return [
    heading(2, code(top)),
    ...(pages.length === 0 ? [] : [`See ${pages.map((page) => `[${page}](../components/${page}.md)`).join(', ')}.`]),
    ...kinds.flatMap((kind) => [
      ...(kind === undefined ? [] : [heading(3, `${code(top)} of kind ${code(kind)}`)]),
      optionTable(left.filter((option) => option.kind === kind)),
    ]),
  ];
}

import { product } from '../emit/document/words';
import { blocks, bullets, code, heading, table, text } from '../text/markdown';
import { keyOf } from './component-options';
import type { PageOf } from './component-page';
import { GENERATED_NOTE } from './note';
import { WORDS } from './option-words';
import { prose } from './prose';

/** docs/components/README.md: every component, and the words of the option tables. */
export function componentIndex(pages: readonly PageOf[]): string {
  return `${blocks([
    heading(1, 'Components'),
    GENERATED_NOTE,
    "Each page lists a component's options and what it declares on a [sample](samples/): capabilities, claims, listeners, flows, and the files it writes. Options that belong to no component stand in the [reference](../guide/reference.md).",
    table(
      ['Component', 'Is', 'Asked for by'],
      pages.map((one) => [`[${text(product(one.name))}](${one.name}.md)`, prose(one.purpose), askedBy(one)]),
    ),
    heading(2, 'Words'),
    'In the tables of options `[]` stands for an entry of a list and `<name>` for a name of your choice. “list: x” is a list of x, “by name: x” a mapping from names to x. Further:',
    bullets(Object.entries(WORDS).map(([word, meaning]) => `**${word}**: ${meaning}`)),
  ])}\n`;
}

/** The key of its own, or the kind to name: `cni: { kind: flannel }`. */
function askedBy({ name, options }: PageOf): string {
  const own = options.find(({ path }) => path === keyOf(name));
  if (own !== undefined) return code(own.path);
  const kind = options.find(({ path, kind }) => kind !== undefined && path.endsWith('.kind'));
  if (kind?.kind !== undefined) return code(`${kind.path.replace(/\.kind$/, '')}: { kind: ${kind.kind} }`);
  const [first] = options;
  return first === undefined ? 'the rest of the spec' : code(first.path);
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the sources say of a mapping's keys, found again by the keys and the kind it has. */
export type Docstrings = (keys: readonly string[], kind: string | undefined) => Readonly<Record<string, string>>;

/** A brace of the source and what stands at its first level. */
interface Block {
  readonly indent: number;
  readonly keys: Map<string, string | undefined>;
  readonly spreads: string[];
  name?: string;
  kind?: string;
}

/**
 * Reads the docstrings of the schema's sources, so that editors show what stands there once.
 * Relies on the formatter: a member stands two columns deeper than the line that opens its brace.
 * @param root Wayleave's own folder
 */
export function readDocstrings(root: string): Docstrings {
  const blocks = sources(root).flatMap(blocksOf);
  const named = new Map(blocks.flatMap((block) => (block.name === undefined ? [] : [[block.name, block] as const])));
  const known = new Map<string, Map<string, string | undefined>>();
  for (const block of blocks) {
    const members = new Map([...block.spreads.flatMap((name) => [...(named.get(name)?.keys ?? [])]), ...block.keys]);
    const id = idOf([...members.keys()], block.kind);
    const others = known.get(id);
    // Two mappings of the same keys: what is said of a key in both ways is said in neither.
    for (const [key, text] of members)
      if (others !== undefined && others.get(key) !== text) members.set(key, undefined);
    known.set(id, members);
  }
  return (keys, kind) => {
    const found = [...(known.get(idOf(keys, kind)) ?? [])];
    return Object.fromEntries(found.flatMap(([key, text]) => (text === undefined ? [] : [[key, text]])));
  };
}

function idOf(keys: readonly string[], kind: string | undefined): string {
  return `${kind ?? ''}: ${[...keys].sort().join(' ')}`;
}

function sources(root: string): string[] {
  const spec = join(root, 'lib', 'spec');
  const components = join(root, 'lib', 'components');
  const own = ['app.ts', 'cluster.ts', 'fields.ts', 'k3s.ts', 'network.ts', 'node.ts'].map((file) => join(spec, file));
  const folders = readdirSync(components, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const options = folders
    .filter(({ name }) => readdirSync(join(components, name)).includes('options.ts'))
    .map(({ name }) => join(components, name, 'options.ts'));
  return [...own, ...options.sort()].map((file) => readFileSync(file, 'utf8'));
}

const MEMBER = /^(?:'([^']+)'|([A-Za-z_]\w*))(?::|,$)/;

function blocksOf(source: string): Block[] {
  const blocks: Block[] = [];
  const open: Block[] = [];
  let doc: string[] | undefined;
  let inDoc = false;
  let declared: string | undefined;
  for (const line of source.split('\n')) {
    const text = line.trim();
    const indent = line.length - line.trimStart().length;
    if (inDoc || text.startsWith('/**')) {
      doc = inDoc ? [...(doc ?? []), text] : [text];
      inDoc = !text.endsWith('*/');
      continue;
    }
    if (text.startsWith('}') && open.at(-1)?.indent === indent) open.pop();
    const block = open.at(-1);
    if (block !== undefined && indent === block.indent + 2) readMember(block, text, doc);
    declared = /^(?:export )?const (\w+) = \{$/.exec(text)?.[1] ?? declared;
    if (text.endsWith('{')) {
      const next: Block = {
        indent,
        keys: new Map(),
        spreads: [],
        ...(declared === undefined ? {} : { name: declared }),
      };
      blocks.push(next);
      open.push(next);
      declared = undefined;
    }
    if (text !== '') doc = undefined;
  }
  return blocks;
}

function readMember(block: Block, text: string, doc: readonly string[] | undefined): void {
  const spread = /^\.\.\.(\w+),$/.exec(text)?.[1];
  if (spread !== undefined) block.spreads.push(spread);
  const match = MEMBER.exec(text);
  const key = match?.[1] ?? match?.[2];
  if (key === undefined) return;
  block.keys.set(key, doc === undefined ? undefined : plainText(doc));
  const kind = /^kind: z\.literal\('([^']+)'\)/.exec(text)?.[1];
  if (kind !== undefined) block.kind = kind;
}

/** A docstring without its stars, in one line: `Length. Default: 26 (Calico).` */
function plainText(doc: readonly string[]): string {
  const words = doc.map((line) =>
    line
      .replace(/^\/\*\*|^\*\/|^\*(?!\/)/, '')
      .replace(/\*\/$/, '')
      .trim(),
  );
  return words
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/@default /, 'Default: ');
}

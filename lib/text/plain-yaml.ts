import { plainFlow } from './plain-flow';
import { DEEPEST, NotPlain, plainScalar, setPlain } from './plain-scalar';

/**
 * Reads the plain part of YAML that specs and manifests are mostly written in: block mappings and lists of scalars and
 * of flow collections that stand on one line. Anything beyond gives undefined, and is left to a full parser, as is
 * anything that is in doubt. It is many times as fast as one.
 */
export function readPlainYaml(text: string): { readonly value: unknown } | undefined {
  // A line break of its own kind, which may hide in a comment.
  if (text.includes('\r')) return undefined;
  const lines: Line[] = [];
  for (const line of text.split('\n')) {
    const content = line.trimStart();
    const indent = line.length - content.length;
    if (content === '' || content.startsWith('#')) {
      // What JavaScript takes for white space can be text to YAML.
      if (NOT_PLAIN.test(line.slice(0, indent))) return undefined;
      continue;
    }
    if (NOT_PLAIN.test(line) || content.startsWith('...') || line.includes('\t')) return undefined;
    lines.push({ indent, content });
  }
  const reader = new PlainReader(lines);
  try {
    return lines.length === 0 ? { value: null } : { value: reader.document() };
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

/** White space or line breaks of another kind than the usual, and control characters. */
const NOT_PLAIN = /[^\t\x20-\x7e]/;

interface Line {
  indent: number;
  content: string;
}

const KEY = /^(?:"([^"\\]*)"|'([^']*)'|([A-Za-z0-9_.$][A-Za-z0-9_./$-]*)):(?: +(.*))?$/;

class PlainReader {
  #next = 0;
  #depth = 0;

  constructor(private readonly lines: readonly Line[]) {}

  document(): unknown {
    const value = this.#block(this.#peek()?.indent ?? 0);
    if (this.#next < this.lines.length) throw new NotPlain();
    return value;
  }

  #block(indent: number): unknown {
    const { content } = this.lines[this.#next] as Line;
    if (++this.#depth > DEEPEST) throw new NotPlain();
    const block = isItem(content) ? this.#list(indent) : this.#mapping(indent);
    this.#depth--;
    return block;
  }

  #mapping(indent: number): Record<string, unknown> {
    const mapping: Record<string, unknown> = {};
    for (
      let line = this.#peek();
      line !== undefined && line.indent === indent && !isItem(line.content);
      line = this.#peek()
    ) {
      const match = KEY.exec(line.content);
      if (match === null) throw new NotPlain();
      const [, double, single, plain, rest] = match;
      const key = double ?? single ?? plain ?? '';
      this.#next++;
      const written = withoutComment(rest ?? '');
      setPlain(mapping, key, plain === undefined, written === '' ? this.#below(indent) : this.#inline(written, indent));
    }
    this.#end(indent);
    return mapping;
  }

  #list(indent: number): unknown[] {
    const list: unknown[] = [];
    for (
      let line = this.#peek();
      line !== undefined && line.indent === indent && isItem(line.content);
      line = this.#peek()
    ) {
      const rest = line.content.slice(1);
      const item = rest.trimStart();
      const written = withoutComment(item);
      if (written === '' || item.startsWith('#')) {
        this.#next++;
        const next = this.#peek();
        list.push(next !== undefined && next.indent > indent ? this.#block(next.indent) : null);
      } else if (isItem(item) || KEY.test(item)) {
        // What stands behind a dash is a block of its own, that begins where it stands.
        line.indent = indent + 1 + rest.length - item.length;
        line.content = item;
        list.push(this.#block(line.indent));
      } else {
        this.#next++;
        list.push(this.#inline(written, indent));
      }
    }
    this.#end(indent);
    return list;
  }

  /** The value of a key that has none on its line: a block that is deeper, or a list that is not. */
  #below(indent: number): unknown {
    const next = this.#peek();
    if (next === undefined || next.indent < indent) return null;
    if (next.indent > indent || isItem(next.content)) return this.#block(next.indent);
    return null;
  }

  /** What stands on a line may go on on deeper ones, which is not plain. */
  #inline(written: string, indent: number): unknown {
    const next = this.#peek();
    if (next !== undefined && next.indent > indent) throw new NotPlain();
    return written.startsWith('{') || written.startsWith('[') ? plainFlow(written) : plainScalar(written);
  }

  #end(indent: number): void {
    const next = this.#peek();
    if (next !== undefined && next.indent > indent) throw new NotPlain();
  }

  #peek(): Line | undefined {
    return this.lines[this.#next];
  }
}

function isItem(content: string): boolean {
  return content === '-' || content.startsWith('- ');
}

/** Without a comment behind it and the space around it. Inside quotes a `#` is none. */
function withoutComment(written: string): string {
  if (written.startsWith('#')) return '';
  const quoted = /^(?:"[^"\\]*"|'[^']*')(?= +#)/.exec(written);
  if (quoted !== null) return quoted[0];
  const comment = /^["']/.test(written) ? -1 : written.search(/ +#/);
  return (comment < 0 ? written : written.slice(0, comment)).trimEnd();
}

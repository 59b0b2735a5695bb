/**
 * Reads the plain part of YAML that manifests are mostly written in: block mappings and lists of scalars that stand on
 * one line. Anything beyond gives undefined, and is left to a full parser, as is anything that is in doubt. It is many
 * times as fast as one: see the bench of `reach`.
 */
export function readPlainYaml(text: string): { readonly value: unknown } | undefined {
  const lines: Line[] = [];
  for (const line of text.split('\n')) {
    const content = line.trimStart();
    if (content === '' || content.startsWith('#')) continue;
    const indent = line.length - content.length;
    if (NOT_PLAIN.test(line) || content.startsWith('...') || line.lastIndexOf('\t') >= 0) return undefined;
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

class NotPlain extends Error {}

const KEY = /^(?:"([^"\\]*)"|'([^']*)'|([A-Za-z0-9_.$][A-Za-z0-9_./$-]*)):(?: +(.*))?$/;

class PlainReader {
  #next = 0;

  constructor(private readonly lines: readonly Line[]) {}

  document(): unknown {
    const value = this.#block(this.#peek()?.indent ?? 0);
    if (this.#next < this.lines.length) throw new NotPlain();
    return value;
  }

  #block(indent: number): unknown {
    const { content } = this.lines[this.#next] as Line;
    return isItem(content) ? this.#list(indent) : this.#mapping(indent);
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
      if (Object.hasOwn(mapping, key) || key === '__proto__' || (plain !== undefined && isOtherThanText(plain)))
        throw new NotPlain();
      this.#next++;
      const written = withoutComment(rest ?? '');
      mapping[key] = written === '' ? this.#below(indent) : this.#scalar(written, indent);
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
        list.push(this.#scalar(written, indent));
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

  /** A scalar may go on on deeper lines, which is not plain. */
  #scalar(written: string, indent: number): unknown {
    const next = this.#peek();
    if (next !== undefined && next.indent > indent) throw new NotPlain();
    return scalar(written);
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

/** Words that mean something else than a text in some version of YAML. */
const WORDS = new Set(['', '~', 'null', 'true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n']);

/** A key that is a number is printed otherwise than it is written. */
function isOtherThanText(key: string): boolean {
  return WORDS.has(key.toLowerCase()) || (/^[-.\d]/.test(key) && !INTEGER.test(key));
}

const INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;
/** Texts that no version of YAML takes for anything else. */
const TEXT = /^[A-Za-z_/$][A-Za-z0-9 _./:@+=,()$*-]*$/;
/** Texts that begin with a digit, but are neither numbers nor dates nor times in any version. */
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?$/;

function scalar(written: string): unknown {
  const quoted = /^(?:"([^"\\]*)"|'([^']*)')$/.exec(written);
  if (quoted !== null) return quoted[1] ?? quoted[2] ?? '';
  if (written === '{}') return {};
  if (written === '[]') return [];
  if (written === 'true' || written === 'false') return written === 'true';
  if (INTEGER.test(written)) return Number(written);
  const isText = TEXT.test(written) && !WORDS.has(written.toLowerCase()) && !/:(?: |$)/.test(written);
  if (isText || ADDRESS.test(written)) return written;
  throw new NotPlain();
}

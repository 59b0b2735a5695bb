import { DEEPEST, NotPlain, plainScalar, setPlain } from './plain-scalar';

/** Reads a flow collection that stands on one line. @throws NotPlain for anything that is in doubt */
export function plainFlow(written: string): unknown {
  const reader = new FlowReader(written);
  const value = reader.value();
  if (!reader.isAtEnd) throw new NotPlain();
  return value;
}

const KEY = /(?:"([^"\\]*)"|'([^']*)'|([A-Za-z0-9_.$][A-Za-z0-9_./$-]*)): +/y;
/** A colon is part of a text only where something follows it that can be nothing else. */
const SCALAR = /"[^"\\]*"|'[^']*'|(?:[A-Za-z0-9 _./@+=()$*-]|:(?=[A-Za-z0-9_/.:]))+/y;
const SPACE = / */y;

class FlowReader {
  #at = 0;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return this.#at === this.text.length;
  }

  value(depth = 0): unknown {
    if (depth > DEEPEST) throw new NotPlain();
    if (this.#takes('{')) return this.#mapping(depth + 1);
    if (this.#takes('[')) return this.#list(depth + 1);
    return plainScalar(this.#match(SCALAR)[0].trimEnd());
  }

  #mapping(depth: number): Record<string, unknown> {
    const mapping: Record<string, unknown> = {};
    if (this.#takes('}')) return mapping;
    do {
      const [, double, single, plain] = this.#match(KEY);
      setPlain(mapping, double ?? single ?? plain ?? '', plain === undefined, this.value(depth));
      this.#match(SPACE);
    } while (this.#takes(','));
    if (!this.#takes('}')) throw new NotPlain();
    return mapping;
  }

  #list(depth: number): unknown[] {
    const list: unknown[] = [];
    if (this.#takes(']')) return list;
    do {
      list.push(this.value(depth));
      this.#match(SPACE);
    } while (this.#takes(','));
    if (!this.#takes(']')) throw new NotPlain();
    return list;
  }

  /** Whether this mark comes next; it is then passed over, with the space behind it. */
  #takes(mark: string): boolean {
    if (this.text[this.#at] !== mark) return false;
    this.#at++;
    if (mark !== '}' && mark !== ']') this.#match(SPACE);
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.text);
    if (match === null) throw new NotPlain();
    this.#at = pattern.lastIndex;
    return match;
  }
}

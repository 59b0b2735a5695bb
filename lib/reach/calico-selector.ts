import type { Field } from './field';
import { EVERY, not, type LabelTest } from './labels';
import { NAMESPACE } from './pod-labels';
import { isIn } from './selector';

export interface CalicoSelectorOptions {
  /** What a label's key stands for. */
  readonly keyOf: (key: string) => string;
  /** What `all()` means. */
  readonly all: LabelTest;
}

/** Reads a selector of Calico's own language; an empty one selects everything. Source: Calico docs, selectors. */
export function readCalicoSelector(field: Field, options: CalicoSelectorOptions): LabelTest {
  const text = field.text() ?? '';
  if (text.trim() === '') return EVERY;
  try {
    return new Parser(tokensOf(text), options).read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    field.invalid(`is ${JSON.stringify(text)}, no selector: ${error.message}`);
    return EVERY;
  }
}

const TOKEN = /\s*(?:("[^"]*"|'[^']*')|(&&|\|\||==|!=|[!(){},])|([A-Za-z0-9_./-]+))/y;

interface Token {
  readonly kind: 'text' | 'sign' | 'word' | 'end';
  readonly value: string;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new SyntaxError(`nothing can begin with ${text.slice(at).trim().split(/\s/)[0] ?? ''}`);
    const [, quoted, sign, word] = match;
    if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted.slice(1, -1) });
    else if (sign !== undefined) tokens.push({ kind: 'sign', value: sign });
    else tokens.push({ kind: 'word', value: word ?? '' });
  }
  return tokens;
}

class Parser {
  #next = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly options: CalicoSelectorOptions,
  ) {}

  read(): LabelTest {
    const test = this.#or();
    if (this.#peek().kind !== 'end') throw new SyntaxError(`${this.#peek().value} is one word too many`);
    return test;
  }

  #or(): LabelTest {
    let test = this.#and();
    while (this.#take('||')) test = either(test, this.#and());
    return test;
  }

  #and(): LabelTest {
    let test = this.#not();
    while (this.#take('&&')) test = both(test, this.#not());
    return test;
  }

  #not(): LabelTest {
    if (this.#take('!')) return not(this.#not());
    if (!this.#take('(')) return this.#condition();
    const test = this.#or();
    this.#expect(')');
    return test;
  }

  #condition(): LabelTest {
    const { kind, value } = this.#shift();
    if (kind !== 'word') throw new SyntaxError(`a label should stand where ${value === '' ? 'it ends' : value} does`);
    if (value === 'all' && this.#take('(')) return this.#call(this.options.all);
    if (value === 'global' && this.#take('(')) return this.#call(not(has(NAMESPACE)));
    if (value === 'has' && this.#take('(')) return this.#call(has(this.options.keyOf(this.#shift().value)));
    return this.#compare(this.options.keyOf(value));
  }

  #call(test: LabelTest): LabelTest {
    this.#expect(')');
    return test;
  }

  #compare(key: string): LabelTest {
    if (this.#take('==')) return isIn(key, [this.#text()]);
    if (this.#take('!=')) return not(isIn(key, [this.#text()]));
    const word = this.#shift().value;
    switch (word) {
      case 'in':
        return isIn(key, this.#list());
      case 'not':
        this.#expect('in');
        return not(isIn(key, this.#list()));
      case 'contains':
        return like(key, word, this.#text(), (value, part) => value.includes(part));
      case 'starts':
        this.#expect('with');
        return like(key, word, this.#text(), (value, part) => value.startsWith(part));
      case 'ends':
        this.#expect('with');
        return like(key, word, this.#text(), (value, part) => value.endsWith(part));
      default:
        throw new SyntaxError(`${word === '' ? 'the end' : word} is no operator`);
    }
  }

  #list(): string[] {
    this.#expect('{');
    const values: string[] = [];
    while (!this.#take('}')) {
      values.push(this.#text());
      if (!this.#take(',') && this.#peek().value !== '}') throw new SyntaxError('a list has no end');
    }
    return values;
  }

  #text(): string {
    const { kind, value } = this.#shift();
    if (kind !== 'text')
      throw new SyntaxError(`a text in quotes should stand where ${value === '' ? 'it ends' : value} does`);
    return value;
  }

  #expect(value: string): void {
    if (!this.#take(value)) throw new SyntaxError(`${value} is missing`);
  }

  #take(value: string): boolean {
    const token = this.#peek();
    if (token.kind === 'text' || token.value !== value || token.kind === 'end') return false;
    this.#next++;
    return true;
  }

  #shift(): Token {
    const token = this.#peek();
    this.#next++;
    return token;
  }

  #peek(): Token {
    return this.tokens[this.#next] ?? { kind: 'end', value: '' };
  }
}

function has(key: string): LabelTest {
  return { key: `has(${key})`, looksAt: [key], matches: (labels) => Object.hasOwn(labels, key) };
}

function like(key: string, operator: string, part: string, test: (value: string, part: string) => boolean): LabelTest {
  return {
    key: `${key} ${operator} ${JSON.stringify(part)}`,
    looksAt: [key],
    matches: (labels) => Object.hasOwn(labels, key) && test(labels[key] ?? '', part),
  };
}

function both(a: LabelTest, b: LabelTest): LabelTest {
  return {
    key: `(${a.key}) && (${b.key})`,
    looksAt: [...a.looksAt, ...b.looksAt],
    matches: (labels) => a.matches(labels) && b.matches(labels),
  };
}

function either(a: LabelTest, b: LabelTest): LabelTest {
  return {
    key: `(${a.key}) || (${b.key})`,
    looksAt: [...a.looksAt, ...b.looksAt],
    matches: (labels) => a.matches(labels) || b.matches(labels),
  };
}

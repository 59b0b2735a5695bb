import type { z } from 'zod';
import { list } from '../text/list';
import { nearest } from '../text/suggest';

/** What is wrong with one value, and the value that would be right where it can be told. */
export interface Fault {
  readonly message: string;
  readonly fix?: string | undefined;
}

const LONGEST_QUOTE = 60;

/** So many words that the list hides what is wrong: with a near one as the fix nobody has to read them. */
const MOST_WORDS = 20;

/** A value in a reader's words; never an object's dump. */
export function quote(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.length > LONGEST_QUOTE ? `${JSON.stringify(value.slice(0, LONGEST_QUOTE))}…` : JSON.stringify(value);
    case 'number':
    case 'bigint':
      return Number.isNaN(value) ? 'NaN' : `the number ${value}`;
    case 'boolean':
      return `${value}`;
    case 'function':
      return 'a function';
    case 'object':
      return value === null ? 'an empty value' : Array.isArray(value) ? 'a list' : objectName(value);
    default:
      return typeof value === 'undefined' ? 'an empty value' : 'a symbol';
  }
}

/** A `Map` or a `Date` has no keys of a spec, and is no mapping for that. */
function objectName(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return 'a mapping';
  return `a value of the class ${value.constructor.name}`;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

/** What a value of this type is called. */
function kindName(type: string): string {
  return KINDS[type] ?? type;
}

/** `a, b or c`. */
export function anyOf(words: readonly string[]): string {
  return list(words, 'or');
}

/** The wrong type: `must be text, not the number 5`. `source` is the value as the file has it, where that is known. */
export function wrongType(expected: string, value: unknown, source?: string): Fault {
  if (value === undefined) return { message: `is missing; it must be ${kindName(expected)}` };
  const message = `must be ${kindName(expected)}, not ${quote(value)}`;
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    return { message, fix: `put it in quotes: ${JSON.stringify(source ?? String(value))}` };
  }
  return { message, fix: typeof value === 'string' ? reread(expected, value) : undefined };
}

const YES = /^(on|yes|y|true)$/i;
const NO = /^(off|no|n|false)$/i;

/** What a quoted number or a YAML 1.1 truth word stands for. */
function reread(expected: string, text: string): string | undefined {
  if (expected === 'boolean') return YES.test(text) ? 'true' : NO.test(text) ? 'false' : undefined;
  if (expected === 'number' || expected === 'int') return /^\d+$/.test(text) ? String(Number(text)) : undefined;
  if (expected === 'array') return `put it in a list: [${JSON.stringify(text)}]`;
  return undefined;
}

/**
 * A word that is none of the known ones: they are named, and the nearest is the fix.
 * @param source the value as the file has it, where that is known: `1.20` is a number until it is quoted
 */
export function wrongWord(known: readonly string[], value: unknown, source?: string): Fault {
  const words = known.map(String);
  const problem = `must be ${words.length === 1 ? '' : 'one of '}${anyOf(words)}`;
  if (value === undefined) return { message: `is missing; it ${problem}` };
  if (typeof value === 'number' && source !== undefined && words.includes(source))
    return { message: `${problem}, not ${quote(value)}`, fix: `put it in quotes: ${JSON.stringify(source)}` };
  const near = typeof value === 'string' ? nearest(value, words) : undefined;
  const named = near !== undefined && words.length > MOST_WORDS ? `must be one of ${words.length} words` : problem;
  return { message: `${named}, not ${quote(value)}`, fix: near ?? (words.length === 1 ? words[0] : undefined) };
}

/** A size outside its bounds. */
export function wrongSize(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall, value: unknown): Fault {
  const least = issue.code === 'too_small';
  const bound = Number(least ? issue.minimum : issue.maximum);
  const bounds = `${least ? 'at least' : 'at most'} ${bound}`;
  if (issue.origin === 'string' && least && value === '') return { message: 'must not be empty' };
  if (issue.origin === 'string')
    return { message: `must have ${bounds} characters; ${quote(value)} has ${String(value).length}` };
  if (issue.origin === 'array') return { message: `must have ${bounds} ${bound === 1 ? 'entry' : 'entries'}` };
  return { message: `must be ${bounds}, not ${quote(value)}`, fix: String(bound) };
}

/** A text of the wrong form. Our own wording starts with `must`; zod's stands for a field that has none. */
export function wrongForm(message: string, value: unknown, fix: string | undefined): Fault {
  if (value === '') return { message: `must not be empty; it ${plain(message)}`, fix };
  return { message: `${quote(value)} ${plain(message)}`, fix };
}

function plain(message: string): string {
  return message.startsWith('must') ? message : 'has the wrong form';
}

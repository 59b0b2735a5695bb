import { z } from 'zod';
import { nearest } from '../text/suggest';
import { markOf } from './marks';
import { likelyOptions, optionsOf, written } from './walk';
import { anyOf } from './wording';

type Schema = z.core.$ZodType;

/** What a schema takes, in a reader's words. */
export interface Form {
  /** `text`, `flannel`, `a mapping with network`. */
  readonly name: string;
  /** Words of which it takes exactly one. */
  readonly words: readonly string[];
  /** Keys that a mapping must have. */
  readonly keys?: readonly string[];
}

const NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  record: 'a mapping',
};

export function formOf(schema: Schema): Form {
  const def = (written(schema) as z.core.$ZodTypes)._zod.def;
  if (def.type === 'literal') return wordsOf(def.values.map(String));
  if (def.type === 'enum') return wordsOf(Object.values(def.entries).map(String));
  if (def.type === 'object') {
    const keys = Object.keys(def.shape).filter((key) => def.shape[key]?._zod.optin === undefined);
    return { name: mappingWith(keys.join(' and ')), words: [], keys };
  }
  if (def.type === 'union')
    return unionForm(def.options.map(formOf), 'discriminator' in def ? String(def.discriminator) : undefined);
  return { name: NAMES[def.type] ?? def.type, words: [] };
}

function wordsOf(words: readonly string[]): Form {
  return { name: anyOf(words), words };
}

/** Single words first; mappings that differ by one key are named together. */
function unionForm(forms: readonly Form[], discriminator: string | undefined): Form {
  if (discriminator !== undefined) return { name: `a mapping with ${discriminator}`, words: [], keys: [discriminator] };
  const words = forms.flatMap((form) => form.words);
  const plain = forms.filter((form) => form.words.length === 0 && form.keys === undefined).map((form) => form.name);
  const mappings = forms.filter((form) => form.keys !== undefined);
  const single = mappings.length > 1 && mappings.every((form) => form.keys?.length === 1);
  const named = single
    ? [mappingWith(anyOf(mappings.flatMap((form) => form.keys ?? [])))]
    : mappings.map((form) => form.name);
  return { name: anyOf([...new Set([...words, ...plain, ...named])]), words };
}

function mappingWith(keys: string): string {
  return keys === '' ? 'a mapping' : `a mapping with ${keys}`;
}

/** A text that the field would take in place of one that is nearly right. */
export function mended(schema: Schema | undefined, value: unknown): string | undefined {
  if (schema === undefined || typeof value !== 'string') return undefined;
  const options = optionsOf(schema);
  if (options === undefined) return markOf(written(schema)).mend?.(value);
  const near = likelyOptions(options, value)
    .map((index) => mended(options[index], value))
    .find((text) => text !== undefined);
  return near ?? nearest(value, formOf(schema).words);
}

/** Why a text would not do either, where one of our own fields refuses it; undefined if it would. */
export function refusalOf(schema: Schema, text: string): string | undefined {
  const message = z.safeParse(schema, text).error?.issues[0]?.message;
  return message?.startsWith('must') ? message : undefined;
}

/** Whether a field takes a value as it is. */
export function takes(schema: Schema, value: unknown): boolean {
  return z.safeParse(schema, value).success;
}

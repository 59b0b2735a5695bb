import type { z } from 'zod';
import { nearest } from '../text/suggest';
import { formOf, mended, refusalOf, takes } from './expected';
import { fault, invalid } from './faults';
import { printPath, type Finding, type SpecPath } from './finding';
import type { SpecSource } from './source';
import { isMapping, likelyOptions, optionsOf, schemaAt, shapeOf, valueAt, written } from './walk';
import { quote, wrongForm, wrongSize, wrongType, wrongWord, type Fault } from './wording';

type Schema = z.core.$ZodType;
type Issue = z.core.$ZodIssue;

/** What the spec's file knows of the letters in which a value is written. */
export type Letters = Pick<SpecSource, 'sourceText'>;

interface Context {
  readonly schema: Schema;
  readonly raw: unknown;
  readonly letters: Letters;
}

/** Turns zod's issues into findings that name the value, what it must be, and what would be right. */
export function shapeFindings(schema: Schema, raw: unknown, issues: readonly Issue[], letters: Letters): Finding[] {
  return withoutEchoes(
    raw,
    issues.flatMap((issue) => findingsOf({ schema, raw, letters }, issue, [])),
  );
}

/** A key that is missing because it is misspelt is one fault, not two; nor is a mapping reported that lacks it. */
function withoutEchoes(raw: unknown, findings: readonly Finding[]): Finding[] {
  const meant = new Set<string>();
  const lacking = new Set<string>();
  for (const { code, at, fix } of findings) {
    if (code !== 'SPEC_UNKNOWN_KEY' || fix === undefined || at[0] === undefined) continue;
    const parent = at[0].slice(0, -1);
    meant.add(printPath([...parent, fix]));
    lacking.add(printPath(parent));
  }
  return findings.filter(({ at: [path = []] }) => {
    const value = valueAt(raw, path);
    if (value === undefined) return !meant.has(printPath(path));
    return !isMapping(value) || !lacking.has(printPath(path));
  });
}

function findingsOf(context: Context, issue: Issue, base: SpecPath): Finding[] {
  const path = [...base, ...(issue.path as SpecPath)];
  const value = valueAt(context.raw, path);
  const schema = schemaAt(context.schema, context.raw, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(schema, value, path, key));
    case 'invalid_union':
      return unionFindings(context, issue, path, value);
    case 'invalid_key':
      return issue.issues.map((inner) => wrong(path, keyFault(context, inner, path)));
    case 'invalid_type':
      return [wrong(path, typeFault(schema, issue.expected, value, context.letters.sourceText?.(path)))];
    case 'invalid_value':
      return [
        ofWords(path, issue.values, wrongWord(issue.values.map(String), value, context.letters.sourceText?.(path))),
      ];
    case 'too_big':
    case 'too_small':
      return [wrong(path, wrongSize(issue, value))];
    case 'custom':
      return [wrongText(path, sound(customFault(issue, schema, value), schema))];
    default:
      return [wrongText(path, sound(wrongForm(issue.message, value, mended(schema, value)), schema))];
  }
}

function wrong(path: SpecPath, { message, fix }: Fault): Finding {
  return invalid(path, message, fix);
}

/** Of a text in whose place its fix can be put. */
function wrongText(path: SpecPath, { message, fix }: Fault): Finding {
  return { ...invalid(path, message, fix), ...(fix === undefined ? {} : { suggest: { path, value: fix } }) };
}

/** Without a fix that would be refused in its turn. */
function sound(fault: Fault, schema: Schema | undefined, valueOf: (fix: string) => unknown = String): Fault {
  const { message, fix } = fault;
  return fix === undefined || schema === undefined || takes(schema, valueOf(fix)) ? fault : { message };
}

/** Of words, some of which may be numbers. */
function ofWords(path: SpecPath, words: readonly unknown[], { message, fix }: Fault): Finding {
  const right = words.find((word) => String(word) === fix);
  return { ...invalid(path, message, fix), ...(right === undefined ? {} : { suggest: { path, value: right } }) };
}

/** A parser's own refusal says it all; a refinement's is a predicate that follows the quoted value. */
function customFault(issue: z.core.$ZodIssueCustom, schema: Schema | undefined, value: unknown): Fault {
  const fix: unknown = issue.params?.['fix'];
  if (issue.params !== undefined && 'fix' in issue.params)
    return { message: issue.message, fix: typeof fix === 'string' ? fix : undefined };
  return typeof value === 'string'
    ? wrongForm(issue.message, value, mended(schema, value))
    : { message: issue.message };
}

/** A value of the wrong type, or none: what stands here is named as closely as the schema can. */
function typeFault(schema: Schema | undefined, expected: string, value: unknown, letters: string | undefined): Fault {
  if (schema === undefined) return wrongType(expected, value, letters);
  const form = formOf(schema);
  if (form.words.length > 0 && form.keys === undefined) return wrongWord(form.words, value);
  if (value === undefined) return { message: `is missing; it must be ${form.name}` };
  if (expected === 'object' || expected === 'record') return { message: `must be ${form.name}, not ${quote(value)}` };
  const told = wrongType(expected, value, letters);
  const fault = expected === 'number' || expected === 'int' ? sound(told, schema, Number) : told;
  const text = typeof value === 'number' || typeof value === 'boolean' ? (letters ?? `${value}`) : undefined;
  const refusal = expected === 'string' && text !== undefined ? refusalOf(schema, text) : undefined;
  if (refusal === undefined) return fault;
  return { message: `${refusal}, not ${quote(value)}`, fix: Number.isNaN(value) ? undefined : mended(schema, text) };
}

function keyFault(context: Context, issue: Issue, path: SpecPath): Fault {
  const key = String(path.at(-1));
  const record = schemaAt(context.schema, context.raw, path.slice(0, -1));
  const def = record === undefined ? undefined : (written(record) as z.core.$ZodTypes)._zod.def;
  const fix = def?.type === 'record' ? mended(written(def.keyType), key) : undefined;
  if (issue.code === 'too_big' || issue.code === 'too_small') return wrongSize(issue, key);
  return { message: `the name ${wrongForm(issue.message, key, fix).message}`, fix };
}

function unknownKey(schema: Schema | undefined, value: unknown, parent: SpecPath, key: string): Finding {
  const options = schema === undefined ? [] : (optionsOf(schema) ?? [schema]);
  const shapes = likelyOptions(options, value).map((index) => shapeOf(options[index] as Schema) ?? {});
  const known = [...new Set(shapes.flatMap(Object.keys))].sort();
  const owner = parent.length === 0 ? 'a cluster' : printPath(parent);
  const unused = known.filter((one) => valueAt(value, [one]) === undefined);
  const message = `${JSON.stringify(key)} is no key of ${owner}; its keys are ${known.join(', ')}`;
  return fault('SPEC_UNKNOWN_KEY', [...parent, key], message, nearest(key, unused));
}

/** Says what is wrong with the alternative that was meant, or, where that cannot be told, what the alternatives are. */
function unionFindings(
  context: Context,
  issue: z.core.$ZodIssueInvalidUnion,
  path: SpecPath,
  value: unknown,
): Finding[] {
  if (issue.errors.length === 0) {
    const kinds = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
    return [wrongText(path, wrongWord(kinds.sort(), value))];
  }
  const schema = schemaAt(context.schema, context.raw, path);
  const options = (schema === undefined ? undefined : optionsOf(schema)) ?? [];
  const [likely, ...others] = likelyOptions(options, value);
  const errors = likely === undefined || others.length > 0 ? undefined : issue.errors[likely];
  if (errors !== undefined && errors.length > 0) return errors.flatMap((inner) => findingsOf(context, inner, path));
  const form = schema === undefined ? { name: 'something else', words: [] } : formOf(schema);
  if (value === undefined) return [wrong(path, { message: `is missing; it must be ${form.name}` })];
  const message = `must be ${form.name}, not ${quote(value)}`;
  const number = options.some(isNumber) ? sound(wrongType('number', value), schema, Number).fix : undefined;
  if (number !== undefined)
    return [{ ...wrong(path, { message, fix: number }), suggest: { path, value: Number(number) } }];
  const near = typeof value === 'string' ? nearest(value, form.words) : undefined;
  return [ofWords(path, [...options.flatMap(literals), ...form.words], { message, fix: near })];
}

function isNumber(schema: Schema): boolean {
  return (written(schema) as z.core.$ZodTypes)._zod.def.type === 'number';
}

function literals(schema: Schema): readonly unknown[] {
  const def = (written(schema) as z.core.$ZodTypes)._zod.def;
  return def.type === 'literal' ? def.values : [];
}

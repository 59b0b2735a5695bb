import { z } from 'zod';
import { clusterSchema } from '../spec/cluster';
import { readDocstrings } from '../spec/docstrings';
import { specSchema } from '../spec/json-schema';
import { isMapping } from '../spec/walk';
import { code } from '../text/markdown';
import { wording, WORD, type JsonSchema } from './option-words';
import { prose } from './prose';

/** One option of a spec. */
export interface Option {
  /** `loadBalancers[].pools.<name>.addresses`. */
  readonly path: string;
  /** The `kind` of the outermost mapping that it is part of, where that has several. */
  readonly kind?: string;
  /** What may be written there, as Markdown. */
  readonly type: string;
  /** As Markdown; empty where it is left out by default. */
  readonly preset: string;
  readonly meaning: string;
  /** Which alternative has it, as Markdown: With `app`. */
  readonly when?: string;
}

/**
 * Every option of a spec with what its source says of it, in the order of the sources.
 * @param root Wayleave's own folder
 */
export function readOptions(root: string): Option[] {
  const described = specSchema(readDocstrings(root));
  const worded = z.toJSONSchema(clusterSchema, { target: 'draft-2020-12', io: 'input', override: wording() });
  return membersOf(together(described, worded) as JsonSchema, '', undefined);
}

/** Both schemas have the same shape; each says something that the other does not. */
function together(a: unknown, b: unknown): unknown {
  if (Array.isArray(a) && Array.isArray(b)) return a.map((item, i) => together(item, b[i]));
  if (!isMapping(a) || !isMapping(b)) return a ?? b;
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(keys.map((key) => [key, together(a[key], b[key])]));
}

const REQUIRED = '**required**';
/** Of keys that stand for each other. */
const ONE_OF = '**one of these**';

function membersOf(schema: JsonSchema, path: string, kind: string | undefined): Option[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, member]) => {
    if (typeof member !== 'object') return [];
    const at = path === '' ? key : `${path}.${key}`;
    const required = schema.required?.includes(key) === true;
    return [option(member, at, kind, required), ...inside(member, at, kind)];
  });
}

function option(schema: JsonSchema, path: string, kind: string | undefined, required: boolean): Option {
  const [, meaning = '', said] = /^(.*?)(?:\s*Default: (.*))?$/.exec(schema.description ?? '') ?? [];
  const preset = said ?? printDefault(schema.default);
  return {
    path,
    ...(kind === undefined ? {} : { kind }),
    type: typeOf(schema),
    preset: required ? REQUIRED : prose(preset),
    meaning: meaning.trim(),
  };
}

/** A default that the source does not put in words. A mapping's own defaults stand at its members. */
function printDefault(value: unknown): string {
  if (value === undefined || (isMapping(value) && Object.keys(value).length === 0)) return '';
  if (Array.isArray(value) && value.length === 0) return 'none';
  return typeof value === 'object' ? code(literal(value)) : literal(value);
}

/** Options inside the value of another one: of a mapping, of the items of a list, of the entries of a record. */
function inside(schema: JsonSchema, path: string, kind: string | undefined): Option[] {
  if (schema[WORD] !== undefined) return [];
  const alternatives = alternativesOf(schema);
  if (alternatives !== undefined) return unite(alternatives.map((one) => alternative(one, path, kind)));
  if (isSchema(schema.items)) return inside(schema.items, `${path}[]`, kind);
  if (isSchema(schema.additionalProperties)) return inside(schema.additionalProperties, `${path}.<name>`, kind);
  return membersOf(schema, path, kind);
}

/** Options of one of several mappings: those inside a kind are told apart by a kind of their own, or by its first key. */
function alternative(schema: JsonSchema, path: string, kind: string | undefined): Option[] {
  const own = kindOf(schema);
  if (kind === undefined && own !== undefined) return inside(schema, path, own);
  const [first] = Object.keys(schema.properties ?? {});
  if (first === undefined) return inside(schema, path, kind);
  const when = own === undefined ? `With ${code(first)}` : `With ${code(`kind: ${own}`)}`;
  return inside(schema, path, kind).map((one) => ({ ...one, when }));
}

/** An option that several alternatives have is one if they say the same of it; it is told which has it where that differs. */
function unite(alternatives: readonly (readonly Option[])[]): Option[] {
  const all = alternatives.flat();
  if (alternatives.length === 1) return all;
  const bare = ({ when: _, ...rest }: Option) => rest;
  const alike = new Map<string, Option>();
  for (const one of all) {
    const key = JSON.stringify(bare(one));
    alike.set(key, { ...one, ...either(alike.get(key)?.when, one.when) });
  }
  const named = alternatives.flatMap(([first]) => (first?.when?.includes('kind:') === false ? [first.path] : []));
  const choice = (one: Option): Option => {
    if (named.length < 2 || !named.includes(one.path) || one.preset !== REQUIRED) return one;
    const beside = alternatives.filter((options) => options.slice(1).some(({ path }) => path === one.path));
    const also = beside.map(([first]) => `, and ${first?.when?.replace('With', 'with') ?? ''}`);
    return { ...one, preset: `${ONE_OF}${also.join('')}` };
  };
  return [...alike.values()].map(choice).map((one) => {
    const others = all.filter(({ path, kind }) => path === one.path && kind === one.kind);
    const differ = new Set(others.map((other) => JSON.stringify(bare(other)))).size > 1;
    const everywhere = others.length === alternatives.length;
    return differ || (one.when?.includes('kind:') === true && !everywhere) ? one : bare(one);
  });
}

/** `With x` and `With y` as one. */
function either(a: string | undefined, b: string | undefined): { when?: string } {
  const when = a === undefined || b === undefined ? b : `${a} or ${b.replace('With ', '')}`;
  return when === undefined ? {} : { when };
}

function alternativesOf(schema: JsonSchema): JsonSchema[] | undefined {
  return (schema.oneOf ?? schema.anyOf)?.filter(isSchema);
}

function kindOf(schema: JsonSchema): string | undefined {
  const kind = schema.properties?.['kind'];
  return isSchema(kind) && typeof kind.const === 'string' ? kind.const : undefined;
}

function isSchema(schema: unknown): schema is JsonSchema {
  return isMapping(schema);
}

function typeOf(schema: JsonSchema): string {
  const word = schema[WORD];
  if (typeof word === 'string') return word;
  if (schema.const !== undefined) return code(literal(schema.const));
  if (schema.enum !== undefined) return schema.enum.map((value) => code(literal(value))).join(', ');
  const alternatives = alternativesOf(schema);
  if (alternatives !== undefined) return [...new Set(alternatives.map(typeOf))].join(' or ');
  if (schema.type === 'array') return `list: ${isSchema(schema.items) ? typeOf(schema.items) : 'anything'}`;
  if (isSchema(schema.additionalProperties)) return `by name: ${typeOf(schema.additionalProperties)}`;
  if (schema.properties !== undefined) return mappingOf(schema);
  return SCALARS[String(schema.type)] ?? String(schema.type);
}

const SCALARS: Readonly<Record<string, string>> = {
  boolean: '`true`, `false`',
  integer: 'whole number',
  number: 'number',
  string: 'text',
};

function literal(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A small mapping by its keys, a larger one by the rows that follow. */
function mappingOf(schema: JsonSchema): string {
  const kind = kindOf(schema);
  if (kind !== undefined) return code(kind);
  const keys = Object.keys(schema.properties ?? {});
  return keys.length <= 3 && keys.every((key) => schema.required?.includes(key))
    ? code(`{ ${keys.join(', ')} }`)
    : 'mapping';
}

import type { z } from 'zod';
import { nearest } from '../text/suggest';
import type { SpecPath } from './finding';

type Schema = z.core.$ZodType;

/** The schema of what is written: without defaults, optionality and what is made of the value afterwards. */
export function written(schema: Schema): Schema {
  const def = (schema as z.core.$ZodTypes)._zod.def;
  switch (def.type) {
    case 'default':
    case 'prefault':
    case 'optional':
    case 'nullable':
    case 'readonly':
      return written(def.innerType);
    case 'pipe':
      return written(def.in);
    default:
      return schema;
  }
}

/** The members of a mapping's schema, or undefined if the schema is of something else. */
export function shapeOf(schema: Schema): Readonly<Record<string, Schema>> | undefined {
  const def = (written(schema) as z.core.$ZodTypes)._zod.def;
  return def.type === 'object' ? def.shape : undefined;
}

/** The alternatives of a union, or undefined if the schema is none. */
export function optionsOf(schema: Schema): readonly Schema[] | undefined {
  const def = (written(schema) as z.core.$ZodTypes)._zod.def;
  return def.type === 'union' ? def.options : undefined;
}

/** The alternatives that the value was most likely meant for: of its type, and with the fewest keys wrong. */
export function likelyOptions(options: readonly Schema[], value: unknown): readonly number[] {
  const fitting = leastFaulty(options.map((option) => faults(option, value, countKey)));
  if (fitting.faults === 0) return fitting.indexes;
  return leastFaulty(options.map((option) => faults(option, value, weighKey))).indexes;
}

function leastFaulty(counts: readonly number[]): { faults: number; indexes: readonly number[] } {
  const least = Math.min(...counts);
  return {
    faults: least,
    indexes: least === Infinity ? [] : counts.flatMap((count, i) => (count === least ? [i] : [])),
  };
}

/** What a key counts that the schema does not know. */
type Weigh = (key: string, unused: () => readonly string[]) => number;

const countKey: Weigh = () => 1;

/** A key that is misspelt counts less than one that is foreign. */
const weighKey: Weigh = (key, unused) => (nearest(key, unused()) === undefined ? 1 : 0.5);

/** How far a value is from a schema by its type and its keys alone. */
function faults(schema: Schema, value: unknown, weigh: Weigh): number {
  const inner = written(schema);
  const def = (inner as z.core.$ZodTypes)._zod.def;
  switch (def.type) {
    case 'union':
      return Math.min(...def.options.map((option) => faults(option, value, weigh)));
    case 'object':
      return isMapping(value) ? keyFaults(inner, def.shape, value, weigh) : Infinity;
    case 'record':
      return isMapping(value) ? 0 : Infinity;
    case 'array':
      return Array.isArray(value) ? 0 : Infinity;
    case 'literal':
      return def.values.includes(value as never) ? 0 : Infinity;
    case 'enum':
      return Object.values(def.entries).includes(value as never) ? 0 : Infinity;
    default:
      return typeof value === def.type ? 0 : Infinity;
  }
}

type Shape = Readonly<Record<string, Schema>>;

function keyFaults(schema: Schema, shape: Shape, value: Readonly<Record<string, unknown>>, weigh: Weigh): number {
  const { required, literals } = factsOf(schema, shape);
  for (const key of literals) {
    if (Object.hasOwn(value, key) && faults(shape[key] as Schema, value[key], weigh) > 0) return Infinity;
  }
  const unused = () => Object.keys(shape).filter((key) => !Object.hasOwn(value, key));
  let count = 0;
  for (const key of Object.keys(value)) if (!Object.hasOwn(shape, key)) count += weigh(key, unused);
  for (const key of required) if (!Object.hasOwn(value, key)) count += 1;
  return count;
}

interface ShapeFacts {
  readonly required: readonly string[];
  /** Keys of a single word, which tell one alternative from another: `kind`. */
  readonly literals: readonly string[];
}

const facts = new WeakMap<Schema, ShapeFacts>();

function factsOf(schema: Schema, shape: Shape): ShapeFacts {
  const known = facts.get(schema);
  if (known !== undefined) return known;
  const entries = Object.entries(shape);
  const found = {
    required: entries.flatMap(([key, one]) => (one._zod.optin === undefined ? [key] : [])),
    literals: entries.flatMap(([key, one]) =>
      (written(one) as z.core.$ZodTypes)._zod.def.type === 'literal' ? [key] : [],
    ),
  };
  facts.set(schema, found);
  return found;
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member `key` of a mapping or a list, if it is its own. */
export function member(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return typeof key === 'number' ? value[key] : undefined;
  return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** What stands at a path, as far as it exists. */
export function valueAt(value: unknown, path: SpecPath): unknown {
  return path.reduce(member, value);
}

/** The schemas that a value's parts have, each with its path: keys of records, members, items. */
export function visit(
  schema: Schema,
  value: unknown,
  see: (schema: Schema, value: unknown, path: SpecPath) => void,
  path: SpecPath = [],
): void {
  if (value === undefined) return;
  const inner = written(schema);
  const def = (inner as z.core.$ZodTypes)._zod.def;
  if (def.type !== 'union') see(inner, value, path);
  if (def.type === 'union') {
    for (const index of likelyOptions(def.options, value)) visit(def.options[index] as Schema, value, see, path);
  } else if (def.type === 'array' && Array.isArray(value)) {
    value.forEach((item, i) => visit(def.element, item, see, [...path, i]));
  } else if (def.type === 'object' && isMapping(value)) {
    for (const key of Object.keys(value))
      if (Object.hasOwn(def.shape, key)) visit(def.shape[key] as Schema, value[key], see, [...path, key]);
  } else if (def.type === 'record' && isMapping(value)) {
    for (const key of Object.keys(value)) {
      visit(def.keyType, key, see, [...path, key]);
      visit(def.valueType, value[key], see, [...path, key]);
    }
  }
}

/** The schema of what stands, or should stand, at a path of the value. Undefined where the schema has no such place. */
export function schemaAt(schema: Schema, value: unknown, path: SpecPath): Schema | undefined {
  const inner = written(schema);
  const def = (inner as z.core.$ZodTypes)._zod.def;
  const [step, ...rest] = path;
  if (step === undefined) return schema;
  if (def.type === 'union') {
    const found = likelyOptions(def.options, value).map((index) => schemaAt(def.options[index] as Schema, value, path));
    return found.find((one) => one !== undefined);
  }
  const next =
    def.type === 'array'
      ? def.element
      : def.type === 'record'
        ? def.valueType
        : def.type === 'object'
          ? def.shape[step]
          : undefined;
  return next === undefined ? undefined : schemaAt(next, member(value, step), rest);
}

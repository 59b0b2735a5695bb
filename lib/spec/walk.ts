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
  const rated = options.map((option, index) => ({ index, faults: faults(option, value) }));
  const least = Math.min(...rated.map((one) => one.faults));
  return rated.filter((one) => one.faults === least && least < Infinity).map((one) => one.index);
}

/** How far a value is from a schema by its type and its keys alone. */
function faults(schema: Schema, value: unknown): number {
  const def = (written(schema) as z.core.$ZodTypes)._zod.def;
  switch (def.type) {
    case 'union':
      return Math.min(...def.options.map((option) => faults(option, value)));
    case 'object':
      return isMapping(value) ? keyFaults(def.shape, value) : Infinity;
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

function keyFaults(shape: Readonly<Record<string, Schema>>, value: Readonly<Record<string, unknown>>): number {
  let count = 0;
  const unused = Object.keys(shape).filter((key) => !Object.hasOwn(value, key));
  // A key that is misspelt counts less than one that is foreign.
  for (const key of Object.keys(value))
    if (!Object.hasOwn(shape, key)) count += nearest(key, unused) === undefined ? 1 : 0.5;
  for (const [key, member] of Object.entries(shape)) {
    const present = Object.hasOwn(value, key);
    if (!present && member._zod.optin === undefined) count += 1;
    if (present && (written(member) as z.core.$ZodTypes)._zod.def.type === 'literal' && faults(member, value[key]) > 0)
      return Infinity;
  }
  return count;
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
    for (const [key, one] of Object.entries(def.shape)) visit(one, member(value, key), see, [...path, key]);
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
  if (step === undefined) return inner;
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

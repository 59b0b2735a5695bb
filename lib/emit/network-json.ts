import { MtuSum } from '../net/mtu';
import type { Plan } from '../plan/plan';
import { compareText } from '../text/compare';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * The plan as data, for other programs. Addresses, prefixes, ranges and ports stand as their texts, an MTU as its
 * bytes and its sum; keys are sorted. Every entry has a line of its own, so that a change shows as a line.
 */
export function networkJson(plan: Plan): string {
  const sections = Object.entries(toJson(plan) as Record<string, Json>).map(([name, section]) => {
    return `  ${JSON.stringify(name)}: ${printSection(section)}`;
  });
  return `{\n${sections.join(',\n')}\n}\n`;
}

function printSection(section: Json): string {
  if (typeof section !== 'object' || section === null) return JSON.stringify(section);
  const lines = Array.isArray(section)
    ? section.map((item) => JSON.stringify(item))
    : Object.entries(section).map(([key, item]) => `${JSON.stringify(key)}: ${JSON.stringify(item)}`);
  const [open, close] = Array.isArray(section) ? ['[', ']'] : ['{', '}'];
  return lines.length === 0 ? `${open}${close}` : `${open}\n    ${lines.join(',\n    ')}\n  ${close}`;
}

/** Plain data of the same meaning. @throws Error for a class that has no text of its own */
function toJson(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object') throw new Error(`the plan holds a ${typeof value}`);
  if (value instanceof MtuSum) return { bytes: value.bytes, sum: value.toString() };
  if (value instanceof Map) return fromEntries([...(value as Map<string, unknown>)]);
  if (Array.isArray(value) || value instanceof Set) return [...(value as Iterable<unknown>)].map(toJson);
  if (hasOwnText(value)) return toJson(value.toJSON());
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new Error(`the plan holds a ${value.constructor.name}`);
  return fromEntries(Object.entries(value));
}

/** Addresses, prefixes, ranges, ports and sets of them. */
function hasOwnText(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

function fromEntries(entries: readonly (readonly [string, unknown])[]): { [key: string]: Json } {
  const known = entries.filter(([, value]) => value !== undefined).sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(known.map(([key, value]) => [key, toJson(value)]));
}

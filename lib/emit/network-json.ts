import { k3sVersionOf } from '../components/k3s/version';
import { MtuSum } from '../net/mtu';
import type { Plan } from '../plan/plan';
import { sortedBy } from '../text/compare';

/**
 * The plan as data, for other programs. Addresses, prefixes, ranges and ports stand as their texts, an MTU as its
 * bytes and its sum; keys are sorted. Every entry has a line of its own, so that a change shows as a line.
 */
export function networkJson(plan: Plan): string {
  const sections = entriesOf({ ...plan, k3sVersion: k3sVersionOf(plan.spec) }).map(
    ([name, section]) => `  ${JSON.stringify(name)}: ${printSection(section)}`,
  );
  return `{\n${sections.join(',\n')}\n}\n`;
}

function printSection(value: unknown): string {
  const section = meaningOf(value);
  if (typeof section !== 'object' || section === null) return JSON.stringify(section);
  const lines = Array.isArray(section)
    ? section.map(print)
    : entriesOf(section).map(([key, item]) => `${JSON.stringify(key)}: ${print(item)}`);
  const [open, close] = Array.isArray(section) ? ['[', ']'] : ['{', '}'];
  return lines.length === 0 ? `${open}${close}` : `${open}\n    ${lines.join(',\n    ')}\n  ${close}`;
}

function print(value: unknown): string {
  return JSON.stringify(plain(value));
}

function plain(value: unknown): unknown {
  const meaning = meaningOf(value);
  if (typeof meaning !== 'object' || meaning === null) return meaning;
  if (Array.isArray(meaning)) return meaning.map(plain);
  const mapping = asMapping(meaning);
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(mapping).sort()) {
    const item = mapping[key];
    if (item !== undefined) copy[key] = plain(item);
  }
  return copy;
}

/** What a value is as plain data, but for what is inside it. @throws Error for a class that has no text of its own */
function meaningOf(value: unknown): string | number | boolean | object | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object') throw new Error(`the plan holds a ${typeof value}`);
  if (Array.isArray(value)) return value as readonly unknown[];
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null || value instanceof Map) return value;
  if (value instanceof Set) return [...(value as Set<unknown>)];
  if (value instanceof MtuSum) return { bytes: value.bytes, sum: value.toString() };
  if (hasOwnText(value)) return meaningOf(value.toJSON());
  throw new Error(`the plan holds a ${value.constructor.name}`);
}

/** Addresses, prefixes, ranges, ports and sets of them. */
function hasOwnText(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

/** In code-unit order of the keys, without those that are undefined. */
function entriesOf(value: object): [string, unknown][] {
  const entries = value instanceof Map ? [...(value as Map<string, unknown>)] : Object.entries(value);
  return sortedBy(entries, ([key]) => key).filter(([, item]) => item !== undefined);
}

function asMapping(value: object): Readonly<Record<string, unknown>> {
  return value instanceof Map
    ? Object.fromEntries(value as Map<string, unknown>)
    : (value as Readonly<Record<string, unknown>>);
}

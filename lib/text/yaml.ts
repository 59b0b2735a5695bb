import { commentLines } from './comment';
import { literalBlock, yamlKey, yamlNumber, yamlString } from './yaml-scalar';

/** What can be written as YAML. Properties that are undefined are left out. */
export type YamlValue =
  | string
  | number
  | boolean
  | null
  | readonly YamlValue[]
  | { readonly [key: string]: YamlValue | undefined };

/**
 * One YAML document in block style, which readers of YAML 1.1 and 1.2 take for the same value.
 * It exists because a synth spends most of its time writing YAML: see `docs/benchmarks.md`.
 * @throws RangeError for a number that is not finite, and for half of a surrogate pair
 * @throws TypeError for what is no plain data
 */
export function yaml(value: YamlValue): string {
  if (typeof value !== 'object' || value === null) return `${scalar(value)}\n`;
  return Array.isArray(value) ? sequence(value, '') || '[]\n' : mapping(asMapping(value), '') || '{}\n';
}

/** Several documents in one text. */
export function yamlDocuments(values: readonly YamlValue[]): string {
  return values.map((value) => yaml(value)).join('---\n');
}

export interface YamlEntry {
  readonly key: string;
  readonly value: YamlValue;
  /** Written above the key. */
  readonly comment?: string;
}

/** A mapping whose top-level keys may have a comment above them. */
export function yamlWithComments(entries: readonly YamlEntry[]): string {
  let text = '';
  for (const { key, value, comment } of entries) {
    if (comment !== undefined) text += `${commentLines(comment).join('\n')}\n`;
    text += mapping({ [key]: value }, '');
  }
  return text || '{}\n';
}

type Mapping = { readonly [key: string]: YamlValue | undefined };

/** The entries of a mapping, each line behind `indent`; nothing for an empty one. */
function mapping(value: Mapping, indent: string): string {
  let text = '';
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item === undefined) continue;
    const start = indent + yamlKey(key, indent);
    text += start + node(item, `${indent}  `, '\n');
  }
  return text;
}

function sequence(items: readonly (YamlValue | undefined)[], indent: string): string {
  // An array's undefined item is null, as in JSON: leaving it out would move the others.
  return items.map((item) => `${indent}-${node(item ?? null, `${indent}  `, ' ')}`).join('');
}

/**
 * A value behind its key or dash. A collection behind a dash starts on the dash's own line, behind a key on the next:
 * `gap` says which. `indent` is that of the value's own lines.
 */
function node(value: YamlValue, indent: string, gap: '\n' | ' '): string {
  if (typeof value === 'string') {
    const block = value.includes('\n') ? literalBlock(value, indent) : undefined;
    return ` ${block ?? yamlString(value)}\n`;
  }
  if (typeof value !== 'object' || value === null) return ` ${scalar(value)}\n`;
  const text = Object.isFrozen(value) ? writtenOnce(value, indent) : collection(value, indent);
  if (text === '') return Array.isArray(value) ? ' []\n' : ' {}\n';
  return gap === '\n' ? gap + text : gap + text.slice(indent.length);
}

function collection(value: object, indent: string): string {
  return Array.isArray(value) ? sequence(value, indent) : mapping(asMapping(value), indent);
}

const written = new WeakMap<object, { readonly indent: string; readonly text: string }>();

/** What cannot change may stand in many documents, at the same depth mostly, and is written once. */
function writtenOnce(value: object, indent: string): string {
  let last = written.get(value);
  if (last?.indent !== indent) {
    last = { indent, text: collection(value, indent) };
    written.set(value, last);
  }
  return last.text;
}

function scalar(value: YamlValue): string {
  if (typeof value === 'string') return yamlString(value);
  if (typeof value === 'number') return yamlNumber(value);
  if (value === null || typeof value === 'boolean') return String(value);
  throw new TypeError(`YAML output cannot hold a ${typeof value}`);
}

/** Refuses class instances, whose fields are not what they stand for. */
function asMapping(value: object): Mapping {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`YAML output cannot hold a ${value.constructor.name}: only plain data`);
  }
  return value as Mapping;
}

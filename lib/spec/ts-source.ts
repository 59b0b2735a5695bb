import { printPath, type Finding, type Outcome } from './finding';
import type { SpecSource } from './source';
import { isMapping } from './walk';

/**
 * Reads a spec module: its default export is the spec.
 * @param load evaluates the module and returns its exports; what it throws becomes a finding
 */
export function readModuleSource(file: string, load: () => unknown): Outcome<SpecSource> {
  let exports: unknown;
  try {
    exports = load();
  } catch (error) {
    return refuse(file, `the module fails when it is run: ${firstLine(error)}`);
  }
  if (!isMapping(exports) || exports['default'] === undefined) {
    return refuse(file, 'the module has no default export', 'end it with: export default { … } satisfies ClusterSpec;');
  }
  let raw: unknown;
  let problem: string | undefined;
  try {
    problem = problemOf(exports['default']);
    raw = plainCopy(exports['default']);
  } catch (error) {
    return refuse(file, `the spec fails when it is read: ${firstLine(error)}`, 'export plain data');
  }
  if (problem !== undefined)
    return refuse(file, `the default export is ${problem}`, 'export the spec itself, an object');
  return {
    value: { file, raw, locate: (path) => (path.length === 0 ? file : `${file}: ${printPath(path)}`) },
    findings: [],
  };
}

/** The data alone, read once: getters and proxies can throw, and say something else the next time. */
function plainCopy(value: unknown, known = new Map<unknown, unknown>()): unknown {
  if (known.has(value) || typeof value !== 'object' || value === null) return known.get(value) ?? value;
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    known.set(value, list);
    for (const item of value) list.push(plainCopy(item, known));
    return list;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return value;
  const mapping: Record<string, unknown> = {};
  known.set(value, mapping);
  for (const [key, item] of Object.entries(value)) {
    // A key without a value is one that is not written.
    if (item === undefined) continue;
    Object.defineProperty(mapping, key, {
      value: plainCopy(item, known),
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
  return mapping;
}

function problemOf(raw: unknown): string | undefined {
  if (typeof raw === 'function') return 'a function, not a spec';
  if (isMapping(raw) && typeof raw['then'] === 'function') return 'a promise, not a spec';
  if (Array.isArray(raw)) return 'a list, not a spec';
  if (!isMapping(raw)) return raw === null ? 'null, not a spec' : `a ${typeof raw}, not a spec`;
  return undefined;
}

function refuse(file: string, message: string, fix?: string): Outcome<SpecSource> {
  const finding: Finding = {
    code: 'SPEC_SYNTAX',
    severity: 'error',
    at: [[]],
    where: file,
    message,
    ...(fix === undefined ? {} : { fix }),
  };
  return { findings: [finding] };
}

function firstLine(error: unknown): string {
  let message: unknown;
  try {
    message = error instanceof Error ? error.message : undefined;
  } catch {
    // What it says of itself cannot be read either.
  }
  const text =
    typeof message === 'string' ? message : typeof error === 'string' ? error : 'it throws something that is no error';
  return text.split('\n')[0]?.trim() || 'it throws an error without a message';
}

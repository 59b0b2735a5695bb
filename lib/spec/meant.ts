import { printPath, withPlaces, type Finding, type SpecPath } from './finding';
import { isMapping, member, valueAt } from './walk';

/**
 * A spec with its misspelt keys and kinds as they were probably meant: rules about the whole would otherwise say that
 * what stands there is missing.
 */
export class Meant {
  private constructor(
    readonly raw: unknown,
    /** Keys as they are written, by the place that they were meant for. */
    private readonly keys: ReadonlyMap<string, string>,
  ) {}

  /** @param shape what is wrong with the form of the spec */
  static of(raw: unknown, shape: readonly Finding[]): Meant {
    const keys = new Map<string, string>();
    let meant = raw;
    for (const { code, at, fix } of shape) {
      const [path = []] = at;
      const last = path.at(-1);
      if (fix === undefined || typeof last !== 'string') continue;
      const parent = path.slice(0, -1);
      const place = [...parent, fix];
      if (code === 'SPEC_UNKNOWN_KEY' && valueAt(meant, place) === undefined) {
        meant = changed(meant, parent, (mapping) => renamed(mapping, last, fix));
        keys.set(printPath(place), last);
      } else if (last === 'kind' && typeof valueAt(meant, path) === 'string') {
        meant = changed(meant, parent, (mapping) => ({ ...mapping, kind: fix }));
      }
    }
    return new Meant(meant, keys);
  }

  /** A finding about what was meant, with the places as they are written. */
  written(finding: Finding): Finding {
    return this.keys.size === 0 ? finding : withPlaces(finding, (path) => this.place(path));
  }

  private place(path: SpecPath): SpecPath {
    return path.map((step, i) => this.keys.get(printPath(path.slice(0, i + 1))) ?? step);
  }
}

type Mapping = Readonly<Record<string, unknown>>;

function changed(value: unknown, path: SpecPath, change: (mapping: Mapping) => Mapping): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return isMapping(value) ? change(value) : value;
  const inner = changed(member(value, step), rest, change);
  if (Array.isArray(value)) return (value as unknown[]).map((one, i) => (i === step ? inner : one));
  return isMapping(value) ? renamed(value, step, step, inner) : value;
}

/** In the same order; no key is set by assignment, since `__proto__` could be among them. */
function renamed(mapping: Mapping, from: string | number, to: string | number, value?: unknown): Mapping {
  return Object.fromEntries(
    Object.entries(mapping).map(([key, one]) => (key === from ? [to, value ?? one] : [key, one])),
  );
}

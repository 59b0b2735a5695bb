import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import { reference, type Schema } from './reference';

/** What is known of the values of one version of a chart. */
export interface Chart {
  readonly name: string;
  readonly schema?: Schema;
  readonly defaults?: unknown;
  /** Values that the chart's templates read, by their path with dots. */
  readonly usedKeys: readonly string[];
}

/** The chart's schema, defaults and keys, from the reference or from this folder. */
export function readChart(name: string): Chart {
  const text = (ending: string): string | undefined => {
    const file = [reference('values', `${name}.${ending}`), join(__dirname, 'charts', `${name}.${ending}`)].find(
      existsSync,
    );
    return file === undefined ? undefined : readFileSync(file, 'utf8');
  };
  const [schema, defaults, keys] = [text('schema.json'), text('defaults.json'), text('used-keys.txt')];
  if (schema === undefined && defaults === undefined && keys === undefined) {
    throw new Error(
      `nothing is known of the values of ${name}: the reference has neither its schema nor its defaults nor its keys`,
    );
  }
  return {
    name,
    ...(schema === undefined ? {} : { schema: JSON.parse(schema) as Schema }),
    ...(defaults === undefined ? {} : { defaults: JSON.parse(defaults) as unknown }),
    usedKeys: (keys ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('#')),
  };
}

/** What is wrong with values for that chart: what its schema refuses, and keys that it does not have. */
export function valueProblems(chart: Chart, values: unknown): string[] {
  return [
    ...schemaProblems(chart, values),
    ...keyPaths(values)
      .filter((path) => !isKnown(chart, path))
      .map((path) => `${chart.name} has no value ${path.join('.')}`),
  ];
}

/** Helm checks what comes out when values are laid over the chart's own. */
function schemaProblems({ schema, defaults }: Chart, values: unknown): string[] {
  if (schema === undefined) return [];
  const validate = compile(schema);
  return validate(overlaid(defaults, values))
    ? []
    : (validate.errors ?? []).map(
        (error) => `${error.instancePath} ${error.message ?? ''} ${JSON.stringify(error.params)}`,
      );
}

function overlaid(below: unknown, above: unknown): unknown {
  if (!isMapping(below) || !isMapping(above)) return above === undefined ? below : above;
  const keys = [...new Set([...Object.keys(below), ...Object.keys(above)])];
  return Object.fromEntries(keys.map((key) => [key, overlaid(below[key], above[key])]));
}

function compile(whole: Schema): ValidateFunction {
  const { $schema, $id: _, ...schema } = whole;
  const options = { allErrors: true, strict: false, validateFormats: false };
  return String($schema).includes('2020-12') ? new Ajv2020(options).compile(schema) : new Ajv(options).compile(schema);
}

type Path = readonly string[];

/** The paths of all keys: a chart that ignores one ignores what is below it, too. */
function keyPaths(value: unknown, path: Path = []): Path[] {
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...keyPaths(inner, [...path, key])]);
}

function isKnown(chart: Chart, path: Path): boolean {
  return inSchema(chart.schema, path) || inDefaults(chart.defaults, path) || inUsedKeys(chart, path);
}

function inSchema(schema: Schema | undefined, path: Path): boolean {
  const [key, ...rest] = path;
  if (schema === undefined) return false;
  if (key === undefined) return true;
  const own = schema.properties?.[key];
  if (own !== undefined) return rest.length === 0 || inSchema(own, rest);
  if (typeof schema.additionalProperties === 'object') return inSchema(schema.additionalProperties, rest);
  // An object of which the schema says nothing more is handed on as it stands: labels, a Service's spec.
  return schema.type === 'object' && schema.properties === undefined && schema.additionalProperties !== false;
}

function inDefaults(defaults: unknown, path: Path): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return true;
  if (!isMapping(defaults)) return false;
  if (Object.keys(defaults).length === 0) return true;
  return key in defaults && inDefaults(defaults[key], rest);
}

function inUsedKeys({ usedKeys, defaults }: Chart, path: Path): boolean {
  const text = path.join('.');
  if (usedKeys.some((key) => key === text || key.startsWith(`${text}.`))) return true;
  // Below a key that the templates read as a whole, unless it is known to be a single value.
  return path.some((_, length) => {
    const above = path.slice(0, length);
    const name = above.join('.');
    if (!usedKeys.includes(name) || usedKeys.some((key) => key.startsWith(`${name}.`))) return false;
    const standard = valueAt(defaults, above);
    return standard === undefined || standard === null || (isMapping(standard) && Object.keys(standard).length === 0);
  });
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (isMapping(inner) ? inner[key] : undefined), value);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

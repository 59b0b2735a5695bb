import { realCrds, slices, type Crd, type Schema } from './reference';

const REAL = realCrds();

/** Where a slice says something that the real CRD does not. */
function strays(slice: Crd): string[] {
  const real = REAL.get(`${slice.group}/${slice.kind}`);
  if (real === undefined) return ['the reference has no such CRD'];
  const wrong = (['scope', 'plural'] as const)
    .filter((key) => slice[key] !== real[key])
    .map((key) => `${key} is ${real[key]}`);
  const versions = [...slice.schemas].flatMap(([version, schema]) => {
    const whole = real.schemas.get(version);
    return whole === undefined ? [`${version} is not served`] : compare(schema, whole, version);
  });
  return [...wrong, ...versions];
}

function compare(part: Schema, whole: Schema, path: string): string[] {
  const problems: string[] = [];
  if (part.type !== whole.type) problems.push(`${path} is ${String(whole.type)}, not ${String(part.type)}`);
  const allowed = whole.enum;
  const beyond = part.enum?.filter((value) => allowed !== undefined && !allowed.includes(value)) ?? [];
  if (beyond.length > 0) problems.push(`${path} may not be ${beyond.join(', ')}`);
  if (part.properties !== undefined) {
    const missing = (whole.required ?? []).filter((key) => part.required?.includes(key) !== true);
    problems.push(...missing.map((key) => `${path}.${key} is required`));
  }
  for (const [key, schema] of Object.entries(part.properties ?? {})) {
    const inWhole = whole.properties?.[key];
    problems.push(
      ...(inWhole === undefined ? [`${path}.${key} does not exist`] : compare(schema, inWhole, `${path}.${key}`)),
    );
  }
  if (part.items !== undefined)
    problems.push(
      ...(whole.items === undefined ? [`${path} is no list`] : compare(part.items, whole.items, `${path}[]`)),
    );
  return problems;
}

test.each([...slices()])('the slice of %s stands in the real CRD, with the same types', (_, slice) => {
  expect(strays(slice)).toEqual([]);
});

test('a slice with a field of its own invention is found out', () => {
  const [, slice] = [...slices()][0] ?? [];
  if (slice === undefined) throw new Error('imports/crds holds no slice');
  const [[version, schema] = ['', {}]] = slice.schemas;
  const invented: Schema = { ...schema, properties: { ...schema.properties, invented: { type: 'string' } } };
  expect(strays({ ...slice, schemas: new Map([[version, invented]]) })).toEqual([`${version}.invented does not exist`]);
});

import type { Schema } from './reference';

/** Metadata as Wayleave writes it; a CRD's own schema leaves it open. */
const TEXTS: Schema = { type: 'object', additionalProperties: { type: 'string' } };
const METADATA: Schema = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', maxLength: 253 },
    namespace: { type: 'string', maxLength: 63 },
    labels: TEXTS,
    annotations: TEXTS,
    finalizers: { type: 'array', items: { type: 'string' } },
  },
};

/**
 * A CRD's schema as an API server reads it with strict field validation: a field that is not declared is refused, where
 * plain JSON schema would let it pass. Rules in CEL (`x-kubernetes-validations`) are not evaluated.
 */
export function strictSchema(schema: Schema): Schema {
  const { properties, ...rest } = strict(schema);
  return { ...rest, required: ['apiVersion', 'kind', 'metadata'], properties: { ...properties, metadata: METADATA } };
}

function strict(schema: Schema): Schema {
  if (schema['x-kubernetes-int-or-string'] === true) return { type: ['integer', 'string'] };
  const open = schema['x-kubernetes-preserve-unknown-fields'] === true;
  const {
    properties,
    additionalProperties,
    items,
    exclusiveMinimum,
    exclusiveMaximum,
    nullable,
    pattern,
    default: _default,
    ...rest
  } = schema;
  return {
    ...rest,
    ...(typeof pattern === 'string' ? { pattern: javaScriptPattern(pattern) } : {}),
    ...(nullable === true ? { type: [rest.type ?? [], 'null'].flat() } : {}),
    ...(properties === undefined
      ? {}
      : { properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, strict(value)])) }),
    ...(rest.type === 'object'
      ? {
          additionalProperties:
            typeof additionalProperties === 'object' ? strict(additionalProperties) : (additionalProperties ?? open),
        }
      : {}),
    ...(items === undefined ? {} : { items: strict(items) }),
    // OpenAPI 3.0 has them as switches beside minimum and maximum.
    ...(exclusiveMinimum === true ? { exclusiveMinimum: rest['minimum'] } : {}),
    ...(exclusiveMaximum === true ? { exclusiveMaximum: rest['maximum'] } : {}),
  };
}

/**
 * Go names a class of one letter without braces: `\PC` for what `\P{C}` is here; and `(?i)` for letters of either case.
 * Source: Go regexp/syntax.
 */
function javaScriptPattern(pattern: string): string {
  const braced = pattern.replace(/\\([pP])([A-Z])/g, '\\$1{$2}');
  if (!braced.includes('(?i)')) return braced;
  return braced
    .replace('(?i)', '')
    .replace(/\\.|\[[^\]]*\]|[a-z]/gi, (part) =>
      part.length > 1 ? part : `[${part.toLowerCase()}${part.toUpperCase()}]`,
    );
}

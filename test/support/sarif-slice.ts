const object = (properties: Record<string, unknown>, required: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const list = (items: unknown) => ({ type: 'array', minItems: 0, uniqueItems: true, items });
const text = { type: 'string' };
const count = { type: 'integer', minimum: 1 };
const said = object({ text }, ['text']);

const artifactLocation = object({ uri: { ...text, format: 'uri-reference' }, uriBaseId: text, description: said });

const location = object({
  id: { type: 'integer', minimum: -1 },
  physicalLocation: object(
    { artifactLocation, region: object({ startLine: count, startColumn: count }, ['startLine']) },
    ['artifactLocation'],
  ),
  logicalLocations: list(object({ fullyQualifiedName: text })),
});

/**
 * The part of the schema of SARIF 2.1.0 that Wayleave's log uses: every property that may stand there and every one
 * that must. Source: OASIS, sarif-schema-2.1.0.json, errata 01. `locations` and `ruleId` are required by GitHub, not
 * by the schema. Source: GitHub docs, SARIF support for code scanning.
 */
export const SARIF_SLICE = object(
  {
    $schema: { ...text, format: 'uri-reference' },
    version: { const: '2.1.0' },
    runs: list(
      object(
        {
          tool: object(
            {
              driver: object(
                {
                  name: text,
                  rules: list(
                    object({ id: text, shortDescription: said, fullDescription: said, help: said }, [
                      'id',
                      'shortDescription',
                      'fullDescription',
                      'help',
                    ]),
                  ),
                },
                ['name'],
              ),
            },
            ['driver'],
          ),
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          originalUriBaseIds: { type: 'object', additionalProperties: artifactLocation },
          results: list(
            object(
              {
                ruleId: text,
                ruleIndex: { type: 'integer', minimum: -1 },
                level: { enum: ['none', 'note', 'warning', 'error'] },
                message: said,
                locations: { ...list(location), minItems: 1 },
                relatedLocations: list(location),
                partialFingerprints: { type: 'object', additionalProperties: text },
              },
              ['message', 'ruleId', 'locations'],
            ),
          ),
        },
        ['tool'],
      ),
    ),
  },
  ['version', 'runs'],
);

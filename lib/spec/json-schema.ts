import { z } from 'zod';
import { clusterSchema } from './cluster';
import { readDocstrings, type Docstrings } from './docstrings';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** JSON Schema (draft 2020-12) of the YAML form of a spec, with the sources' docstrings as its descriptions. */
export function specSchema(docstrings: Docstrings): JsonSchema {
  const schema = z.toJSONSchema(clusterSchema, { target: 'draft-2020-12', io: 'input' });
  describe(schema, docstrings);
  const { $schema, ...rest } = schema;
  return { $schema, title: "A cluster's network, as Wayleave reads it", ...rest, ...ORCHESTRATOR } as JsonSchema;
}

/** What `orchestratorFindings` asks for: K3s needs a pod network and the nodes' roles, and without it there is a Swarm. */
const ORCHESTRATOR = {
  if: { required: ['k3s'] },
  then: { required: ['cni'], properties: { nodes: { additionalProperties: { required: ['role'] } } } },
  else: { required: ['swarm'] },
} satisfies JsonSchema;

/**
 * The same as the text of docs/spec.schema.json.
 * @param root Wayleave's own folder, whose sources hold the docstrings
 */
export function specSchemaText(root: string): string {
  return `${JSON.stringify(specSchema(readDocstrings(root)), null, 2)}\n`;
}

/** Once the schema is whole: while it is made, places that have one leaf in common have one part of it in common. */
function describe(part: unknown, docstrings: Docstrings): void {
  if (typeof part !== 'object' || part === null) return;
  for (const inner of Object.values(part)) describe(inner, docstrings);
  const members = (part as JsonSchema).properties;
  if (members === undefined) return;
  const kind = members['kind'];
  const literal = typeof kind === 'object' && typeof kind.const === 'string' ? kind.const : undefined;
  for (const [key, description] of Object.entries(docstrings(Object.keys(members), literal))) {
    const member = members[key];
    if (typeof member === 'object') member.description ??= description;
  }
}

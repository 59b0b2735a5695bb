import { z } from 'zod';
import { K3S_CLUSTER_CIDR, K3S_CLUSTER_DNS, K3S_NODE_PORTS } from '../net/well-known';
import { takes } from '../spec/expected';
import * as fields from '../spec/fields';
import { FINDING_CODES } from '../spec/finding';
import { markOf } from '../spec/marks';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Where a schema carries the word for what may be written there. */
export const WORD = 'x-word';

/** Words for the leaves of a spec, by the schema that each of them has. Made when asked for: most runs write no documents. */
const leaves = (): readonly (readonly [word: string, schema: z.core.$ZodType])[] => [
  ['addresses', fields.addressSet()],
  ['bytes', fields.mtuBytes()],
  ['code', z.enum(FINDING_CODES)],
  ['DNS label', fields.label()],
  ['host name', fields.hostName()],
  ['host pattern', fields.hostPattern()],
  ['interface', fields.interfaceName()],
  ['labels', fields.labels()],
  ['labels', fields.nodeLabels()],
  ['nodes', fields.nodeSelector()],
  ['path', fields.absolutePath()],
  ['port', fields.port()],
  ['one line', fields.reason()],
  ['Secret key', fields.secretKey()],
  ['source', fields.source()],
];

/** What the words mean; they are the same on every page. */
export const WORDS: Readonly<Record<string, string>> = {
  address: 'an IPv4 or IPv6 address',
  addresses: 'one text, or a list, of addresses, prefixes and ranges `first-last`',
  bytes: 'an MTU: the size of the largest packet without link-layer headers, 576 to 65535',
  code: 'one of those that `wayleave explain` lists',
  'DNS label': 'at most 63 of a-z, 0-9 and inner hyphens',
  'host name': 'a full host name in lower case',
  'host pattern': 'a host name whose first label may be `*`',
  interface: 'the name of a Linux network interface, at most 15 bytes',
  labels: 'Kubernetes labels, `key: value`',
  nodes: '`all`, `servers`, `agents`, `{ names: [NODE, …] }` or `{ labels: { KEY: VALUE } }`',
  'one line': 'text of at most 200 characters without a line break',
  path: 'an absolute path on the machine',
  port: '1 to 65535',
  ports: 'a port, or a range `first-last`',
  prefix: 'CIDR notation without host bits',
  'Secret key': '`{ name: SECRET, key: KEY }`: a reference, never a value',
  source: '`anywhere`, `cloudflare`, `{ network: NETWORK }`, `{ outside: PARTY }` or `{ addresses: ADDRESSES }`',
};

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override']>;

/** Makes what puts the word beside a schema, where there is one. */
export function wording(): Override {
  const shapes = new Map(leaves().map(([word, schema]) => [shapeOf(z.toJSONSchema(schema, { io: 'input' })), word]));
  return ({ zodSchema, jsonSchema }) => {
    const word = wordOf(zodSchema, jsonSchema, shapes);
    if (word !== undefined) jsonSchema[WORD] = word;
  };
}

function wordOf(
  zodSchema: z.core.$ZodTypes,
  jsonSchema: JsonSchema,
  shapes: ReadonlyMap<string, string>,
): string | undefined {
  const { refersTo } = markOf(zodSchema);
  if (refersTo !== undefined) return `${refersTo} name`;
  const known = shapes.get(shapeOf(jsonSchema));
  if (known !== undefined || zodSchema._zod.def.type !== 'pipe') return known;
  // These differ in nothing but what they take.
  if (takes(zodSchema, K3S_NODE_PORTS)) return 'ports';
  if (takes(zodSchema, 'host.example.com')) return undefined;
  if (takes(zodSchema, K3S_CLUSTER_DNS)) return 'address';
  return takes(zodSchema, K3S_CLUSTER_CIDR) ? 'prefix' : undefined;
}

/** A schema as a text, without what is said of it. */
function shapeOf({ default: _, [WORD]: __, description: ___, $schema: ____, ...rest }: JsonSchema): string {
  return JSON.stringify(rest, (key, value: unknown) => (key === WORD ? undefined : value));
}

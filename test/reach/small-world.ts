import fc from 'fast-check';
import type { ManifestFile } from '../../lib/reach/manifest';

/** A Kubernetes object as plain data. */
export interface Thing {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: unknown;
  readonly status?: unknown;
}

export const NAMESPACES = ['red', 'blue'];

const KEYS = ['app', 'tier'];
const VALUES = ['a', 'b'];

export const labels = fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES), {
  maxKeys: 2,
  noNullPrototype: true,
});

const expression = fc.oneof(
  fc.record({
    key: fc.constantFrom(...KEYS),
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.subarray(VALUES, { minLength: 1 }),
  }),
  fc.record({ key: fc.constantFrom(...KEYS), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
);

export const selector = fc.record(
  { matchLabels: labels, matchExpressions: fc.array(expression, { maxLength: 1 }) },
  { requiredKeys: [] },
);

/** Of the namespaces one has a label and one has none. */
export const namespaceSelector = fc.constantFrom<unknown>(
  {},
  { matchLabels: { colour: 'red' } },
  { matchLabels: { 'kubernetes.io/metadata.name': 'blue' } },
  { matchExpressions: [{ key: 'colour', operator: 'DoesNotExist' }] },
);

export const namespaces: readonly Thing[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'red', labels: { colour: 'red' } } },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'blue' } },
];

/** Ports that a policy may name, and where pods have them. */
const NAMED_PORTS = [
  [],
  [{ name: 'web', containerPort: 80, protocol: 'TCP' }],
  [{ name: 'web', containerPort: 81 }],
  [{ name: 'web', containerPort: 80, protocol: 'UDP' }],
];

/** Pods of 192.0.2.0/29, an address each. */
export const pods = fc
  .array(fc.record({ namespace: fc.constantFrom(...NAMESPACES), labels, ports: fc.constantFrom(...NAMED_PORTS) }), {
    minLength: 2,
    maxLength: 4,
  })
  .map((each) =>
    each.map(({ namespace, labels: own, ports }, i): Thing => {
      const spec = { containers: [{ name: 'c', ports }] };
      return {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: `p${i}`, namespace, labels: own },
        spec,
        status: { podIP: `192.0.2.${i}` },
      };
    }),
  );

/** One object a file, as JSON, which is YAML too. */
export function filesOf(things: readonly Thing[]): ManifestFile[] {
  return things.map((thing, i) => ({ path: `${String(i).padStart(3, '0')}.json`, text: JSON.stringify(thing) }));
}

/** Ports at which two answers can differ, and one at which none does. */
export const PROBES = (['tcp', 'udp'] as const).flatMap((protocol) =>
  [79, 80, 81, 82, 9000].map((port) => ({ protocol, port })),
);

export type Probe = (typeof PROBES)[number];

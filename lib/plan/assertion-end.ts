import { Address } from '../net/address';
import { AddressSet } from '../net/address-set';
import { nearest } from '../text/suggest';
import { ANY_POD, INTERNET, nodes, workload, type Endpoint } from './endpoint';
import { ownName } from './namespaced';
import type { Plan } from './plan';
import { CLOUDFLARE, outsideEndpoint, sourceEndpoint } from './source-endpoint';

/** Who an assertion speaks of; `everyone` is every pod, and the world outside where that is asked about the cluster. */
export type AssertionEnd = Endpoint | { readonly kind: 'everyone' };

/** A word that means nobody, or too many, with the one that would be right. */
export interface Unclear {
  readonly problem: string;
  readonly fix?: string;
}

const FIXED: Readonly<Record<string, AssertionEnd>> = {
  '*': { kind: 'everyone' },
  internet: INTERNET,
  'any pod': ANY_POD,
  'every pod': ANY_POD,
  node: nodes('all'),
  nodes: nodes('all'),
  'any node': nodes('all'),
  'every node': nodes('all'),
  servers: nodes('servers'),
  agents: nodes('agents'),
  cloudflare: CLOUDFLARE,
};

/** What a word of an assertion means: a workload, a namespace, a node, a network, an outside party, addresses or one of a few words. */
export function assertionEnd(plan: Plan, word: string): AssertionEnd | Unclear {
  const { spec, workloads } = plan;
  const fixed = Object.hasOwn(FIXED, word) ? FIXED[word] : undefined;
  if (fixed !== undefined) return fixed;
  if (workloads.has(word)) return workload(word);
  const namespace = word.endsWith('/*') ? word.slice(0, -2) : undefined;
  if (namespace !== undefined && namespacesOf(plan).includes(namespace)) return { kind: 'pods', namespace };
  const named = [...workloads.keys()].filter((name) => ownName(name) === word);
  const [only] = named;
  if (only !== undefined && named.length === 1) return workload(only);
  if (only !== undefined) return { problem: `could be ${named.join(' or ')}`, fix: only };
  if (Object.hasOwn(spec.nodes, word)) return nodes({ names: [word] });
  if (Object.hasOwn(spec.outside, word)) return outsideEndpoint(spec, word);
  if (Object.hasOwn(spec.networks, word)) return sourceEndpoint(spec, { kind: 'network', network: word });
  const addresses = addressesIn(word);
  if (addresses !== undefined) return { kind: 'range', name: word, addresses };
  const near = nearest(word, wordsOf(plan));
  return { problem: 'is nothing in this cluster', ...(near === undefined ? {} : { fix: near }) };
}

export function isUnclear(end: AssertionEnd | Unclear): end is Unclear {
  return 'problem' in end;
}

/** Those of the plan's pods, and those whose pods flows mean without knowing them. */
function namespacesOf({ flows, workloads }: Plan): string[] {
  const named = flows.flatMap(({ from, to }) =>
    [from, to].flatMap((end) => (end.kind === 'pods' ? (end.namespace ?? []) : [])),
  );
  return [...new Set([...named, ...[...workloads.values()].map(({ namespace }) => namespace)])];
}

function addressesIn(word: string): AddressSet | undefined {
  const start = word.split(/[/-]/)[0] ?? '';
  return Address.isAddress(start) ? AddressSet.parse(word) : undefined;
}

function wordsOf(plan: Plan): string[] {
  const { spec, workloads } = plan;
  return [
    ...Object.keys(FIXED),
    ...workloads.keys(),
    ...[...workloads.keys()].map(ownName),
    ...namespacesOf(plan).map((name) => `${name}/*`),
    ...Object.keys(spec.nodes),
    ...Object.keys(spec.outside),
    ...Object.keys(spec.networks),
  ];
}

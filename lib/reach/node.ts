import { AddressSet } from '../net/address-set';
import type { HostEndpoint } from './endpoint';
import type { Labels, LabelTest } from './labels';
import type { Policy } from './policy';

/** A node of the tree, as an object of the cluster. */
export interface Node {
  readonly name: string;
  readonly labels: Labels;
}

const SELECTED = '@selected';

/** Nodes of which nothing is known but that a selector finds them. */
export function isSelectedNode(test: LabelTest): LabelTest {
  return { key: `${SELECTED} ${test.key}`, looksAt: [SELECTED], matches: (labels) => labels[SELECTED] === test.key };
}

/** Passes what passes any of the tests. */
export function anyOf(tests: readonly LabelTest[]): LabelTest {
  return {
    key: tests.map((test) => `(${test.key})`).join(' || '),
    looksAt: tests.flatMap((test) => test.looksAt),
    matches: (labels) => tests.some((test) => test.matches(labels)),
  };
}

/** The nodes that policies of Cilium can be for: those of the tree, or if there are none, one for each selector. */
export function ciliumNodes(nodes: readonly Node[], policies: readonly Policy[]): HostEndpoint[] {
  const common = { kind: 'host', addresses: AddressSet.empty, ports: [], open: true } as const;
  if (nodes.length > 0) return nodes.map(({ name, labels }) => ({ ...common, id: `node ${name}`, labels }));
  const selectors = new Set(policies.flatMap((policy) => policy.nodes?.key ?? []));
  return [...selectors]
    .sort()
    .map((key) => ({ ...common, id: key === '' ? 'any node' : `nodes ${key}`, labels: { [SELECTED]: key } }));
}

import { readCiliumRule } from './cilium-rule';
import { readNodeSelector, readSubject } from './cilium-selector';
import { objectName, type Field } from './field';
import { NEVER } from './labels';
import { anyOf, isSelectedNode } from './node';
import { DIRECTIONS, type Direction, type Policy, type Rule, type Side } from './policy';
import type { Surroundings } from './surroundings';
import { namespaceOf } from './workload';

/** Reads a CiliumNetworkPolicy or its clusterwide kind: one policy for `spec` and each of `specs`. Source: Cilium docs, policy language. */
export function readCiliumPolicy(field: Field, surroundings: Surroundings): Policy[] {
  const spec = field.get('spec');
  const specs = [...(spec.isGiven ? [spec] : []), ...field.get('specs').items()];
  if (specs.length === 0) field.invalid('has neither spec nor specs');
  const namespace = field.manifest.kind === 'CiliumNetworkPolicy' ? namespaceOf(field) : undefined;
  return specs.map((one) => readSpec(one, field, namespace, surroundings));
}

const KNOWN = [
  'endpointSelector',
  'nodeSelector',
  'ingress',
  'ingressDeny',
  'egress',
  'egressDeny',
  'enableDefaultDeny',
  'labels',
  'description',
  'log',
];

function readSpec(spec: Field, field: Field, namespace: string | undefined, surroundings: Surroundings): Policy {
  spec.only(KNOWN);
  const nodes = spec.get('nodeSelector');
  const endpoints = spec.get('endpointSelector');
  if (nodes.isGiven && namespace !== undefined) nodes.invalid('belongs to CiliumClusterwideNetworkPolicy alone');
  if (nodes.isGiven === endpoints.isGiven)
    spec.invalid(
      nodes.isGiven ? 'has both endpointSelector and nodeSelector' : 'has neither endpointSelector nor nodeSelector',
    );
  const sides: Partial<Record<Direction, Side>> = {};
  for (const direction of DIRECTIONS) {
    const side = readSide(spec, direction, namespace, surroundings);
    if (side !== undefined) sides[direction] = side;
  }
  if (Object.keys(sides).length === 0) spec.invalid('has no rule; write ingress, ingressDeny, egress or egressDeny');
  return {
    id: objectName(field.manifest),
    dialect: 'cilium',
    field: spec,
    ...subjectOf(nodes, endpoints, namespace),
    sides,
  };
}

function subjectOf(
  nodes: Field,
  endpoints: Field,
  namespace: string | undefined,
): Pick<Policy, 'subject' | 'subjects' | 'nodes'> {
  if (!nodes.isGiven)
    return { subject: endpoints.isGiven ? readSubject(endpoints, namespace) : NEVER, subjects: ['pods'] };
  const test = readNodeSelector(nodes);
  return { subject: anyOf([test, isSelectedNode(test)]), subjects: ['host'], nodes: test };
}

/** An empty list of rules is no rule; one rule isolates unless the policy says that it shall not. */
function readSide(
  spec: Field,
  direction: Direction,
  namespace: string | undefined,
  surroundings: Surroundings,
): Side | undefined {
  const allows = spec.get(direction);
  const denies = spec.get(`${direction}Deny`);
  const entries = [
    ...denies.items().map((field) => ({ field, action: 'deny' as const })),
    ...allows.items().map((field) => ({ field, action: 'allow' as const })),
  ];
  if (entries.length === 0) return undefined;
  const rules = entries.flatMap(({ field, action }): Rule[] =>
    readCiliumRule(field, { direction, action, namespace, surroundings }),
  );
  const isolates = spec.in('enableDefaultDeny', direction).flag() ?? true;
  return { isolates, rules, field: allows.isGiven ? allows : denies };
}

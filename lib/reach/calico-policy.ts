import { readLocal, readPeer } from './calico-entity';
import { readAccounts, readEndpoints, readNamespaces } from './calico-labels';
import { readCalicoTraffic } from './calico-ports';
import { objectName, type Field } from './field';
import { allOf } from './labels';
import { inNamespace } from './pod-labels';
import { DIRECTIONS, type Action, type Direction, type Policy, type Rule, type Side } from './policy';
import type { Surroundings } from './surroundings';
import { namespaceOf } from './workload';

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['Allow', 'allow'],
  ['Deny', 'deny'],
  ['Pass', 'pass'],
]);

const KNOWN = [
  'tier',
  'order',
  'selector',
  'namespaceSelector',
  'serviceAccountSelector',
  'types',
  'ingress',
  'egress',
  'doNotTrack',
  'preDNAT',
  'applyOnForward',
  'performanceHints',
];

/** Reads a NetworkPolicy or GlobalNetworkPolicy of Calico. Source: Calico docs, resource definitions. */
export function readCalicoPolicy(field: Field, surroundings: Surroundings): Policy {
  const isGlobal = field.manifest.kind === 'GlobalNetworkPolicy';
  const namespace = isGlobal ? undefined : namespaceOf(field);
  const spec = field
    .get('spec')
    .only(isGlobal ? KNOWN : KNOWN.filter((key) => !HOST_FIELDS.includes(key) && key !== 'namespaceSelector'));
  const sides: Partial<Record<Direction, Side>> = {};
  const types = directionsOf(spec);
  for (const direction of DIRECTIONS) {
    const given = spec.get(direction);
    const rules = given.items().flatMap((rule) => readRule(rule, direction, namespace, surroundings));
    if (types.includes(direction)) sides[direction] = { isolates: true, rules, field: given.isGiven ? given : spec };
    else if (given.items().length > 0)
      given.ineffective(`has rules that nothing asks for, since types leaves ${direction} out`);
  }
  const test = allOf([
    readEndpoints(spec.get('selector')),
    readNamespaces(spec.get('namespaceSelector')),
    readAccounts(spec.get('serviceAccountSelector')),
  ]);
  const order = spec.get('order').value;
  if (order !== undefined && order !== null && typeof order !== 'number')
    spec.get('order').invalid(`is ${JSON.stringify(order)}, not a number`);
  const stage = isGlobal ? stageOf(spec) : undefined;
  return {
    id: objectName(field.manifest),
    dialect: 'calico',
    field,
    subject: namespace === undefined ? test : inNamespace(namespace, test),
    subjects: !isGlobal ? ['pods'] : stage === 'untracked' || stage === 'preDNAT' ? ['host'] : ['pods', 'host'],
    sides,
    tier: spec.get('tier').text() ?? 'default',
    ...(typeof order === 'number' ? { order } : {}),
    ...(stage === undefined ? {} : { stage }),
  };
}

const HOST_FIELDS = ['doNotTrack', 'preDNAT', 'applyOnForward'];

function stageOf(spec: Field): Policy['stage'] {
  const untracked = spec.get('doNotTrack').flag() === true;
  const preDnat = spec.get('preDNAT').flag() === true;
  const forward = spec.get('applyOnForward').flag() === true;
  if (untracked && preDnat) spec.get('preDNAT').invalid('stands beside doNotTrack; a policy is one or the other');
  if ((untracked || preDnat) && !forward)
    spec.get(untracked ? 'doNotTrack' : 'preDNAT').invalid('needs applyOnForward: true beside it');
  if (preDnat && spec.get('egress').items().length > 0) spec.get('egress').invalid('cannot stand in a preDNAT policy');
  return untracked ? 'untracked' : preDnat ? 'preDNAT' : forward ? 'forward' : undefined;
}

/** Absent: both if both have rules, egress alone if only egress has, else ingress. */
function directionsOf(spec: Field): Direction[] {
  const types = spec.get('types');
  if (types.items().length > 0) {
    return types.items().flatMap((type): Direction[] => {
      if (type.value === 'Ingress') return ['ingress'];
      if (type.value === 'Egress') return ['egress'];
      type.invalid(`is ${JSON.stringify(type.value)}; types are Ingress and Egress`);
      return [];
    });
  }
  const [ingress, egress] = [spec.get('ingress').items().length > 0, spec.get('egress').items().length > 0];
  return egress ? (ingress ? ['ingress', 'egress'] : ['egress']) : ['ingress'];
}

function readRule(
  rule: Field,
  direction: Direction,
  namespace: string | undefined,
  surroundings: Surroundings,
): Rule[] {
  rule.only([
    'action',
    'protocol',
    'notProtocol',
    'icmp',
    'notICMP',
    'ipVersion',
    'source',
    'destination',
    'http',
    'metadata',
  ]);
  const given = rule.get('action').text() ?? '';
  const action = ACTIONS.get(given);
  if (action === undefined) {
    if (given !== 'Log')
      rule.get('action').invalid(`is ${JSON.stringify(given)}; actions are Allow, Deny, Pass and Log`);
    return [];
  }
  const [own, other] = direction === 'ingress' ? ['destination', 'source'] : ['source', 'destination'];
  const version = rule.get('ipVersion').integer();
  const { local, localAddresses, uncertain } = readLocal(rule.get(own ?? ''), namespace);
  const narrowing = narrowingOf(rule);
  // A rule that asks for more than can be told lets through less if it allows, and holds up less if it denies.
  const unsure = (action === 'allow' ? undefined : narrowing[0]) ?? uncertain;
  return [
    {
      action,
      peers: [readPeer(rule.get(other ?? ''), namespace, version, surroundings)],
      ports: readCalicoTraffic(rule),
      field: rule,
      ...(local === undefined ? {} : { local }),
      ...(localAddresses === undefined ? {} : { localAddresses }),
      ...(unsure === undefined ? {} : { uncertain: unsure }),
      ...(narrowing.length === 0 || action !== 'allow' ? {} : { narrowing }),
    },
  ];
}

function narrowingOf(rule: Field): string[] {
  const source = rule.get('source');
  const http = rule.get('http');
  const paths = http
    .get('paths')
    .items()
    .map((path) => path.get('exact').written() ?? `${path.get('prefix').written() ?? ''}*`);
  const code = rule.in('icmp', 'code').written();
  return [
    ...(source.get('ports').isGiven
      ? [
          `from port ${source
            .get('ports')
            .items()
            .map((item) => item.written())
            .join(', ')}`,
        ]
      : []),
    ...(source.get('notPorts').isGiven
      ? [
          `not from port ${source
            .get('notPorts')
            .items()
            .map((item) => item.written())
            .join(', ')}`,
        ]
      : []),
    ...(http.isGiven ? [`HTTP ${http.get('methods').texts().join(' or ')} ${paths.join(' or ')}`.trim()] : []),
    ...(code === undefined ? [] : [`of ICMP code ${code}`]),
  ];
}

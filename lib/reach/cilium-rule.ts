import { nearest } from '../text/suggest';
import { readIcmps, readCiliumPorts } from './cilium-ports';
import { readCidrSet, readCidrOrAddress } from './cilium-cidr';
import { readNarrowing } from './cilium-narrowing';
import { entityPeer, readEndpointPeer, readNodeSelector } from './cilium-selector';
import type { Field } from './field';
import { NEVER } from './labels';
import { ANY_PORT, ENTITIES, type Action, type Direction, type Peer, type PortMatch, type Rule } from './policy';
import { readSelector } from './selector';
import type { Surroundings } from './surroundings';

export interface RuleContext {
  readonly direction: Direction;
  readonly action: Action;
  /** The policy's; absent for the clusterwide kind. */
  readonly namespace: string | undefined;
  readonly surroundings: Surroundings;
}

const KINDS = ['Endpoints', 'CIDR', 'CIDRSet', 'Entities', 'Nodes', 'Groups', 'Services', 'FQDNs'];

/** Reads an entry of `ingress`, `egress` or their deny forms: one rule for each entry of its `toPorts`. */
export function readCiliumRule(entry: Field, context: RuleContext): Rule[] {
  const side = context.direction === 'ingress' ? 'from' : 'to';
  const kinds = KINDS.filter(
    (kind) => context.direction === 'egress' || (kind !== 'Services' && kind !== 'FQDNs'),
  ).filter((kind) => context.action === 'allow' || kind !== 'FQDNs');
  entry.only([...kinds.map((kind) => `${side}${kind}`), `${side}Requires`, 'toPorts', 'icmps', 'authentication']);
  const requires = entry.get(`${side}Requires`);
  if (requires.isGiven) requires.ineffective('is no longer heeded since Cilium 1.19', `${side}Endpoints`);
  const given = kinds
    .map((kind) => ({ kind, field: entry.get(`${side}${kind}`) }))
    .filter(({ field }) => field.isGiven);
  const [first, second] = given.filter(({ field }) => field.items().length > 0);
  if (first !== undefined && second !== undefined)
    second.field.invalid(`stands beside ${side}${first.kind}; write two rules`);
  const peers = given.flatMap(({ kind, field }) => field.items().flatMap((item) => readPeer(kind, item, context)));
  // Nothing said of peers is everyone, an empty list nobody; and a rule that says nothing at all lets nothing through.
  const everyone =
    given.length === 0 && (entry.get('toPorts').items().length > 0 || entry.get('icmps').items().length > 0);
  const common = { action: context.action, peers: everyone ? [{ everyone: true } as const] : peers };
  if (given.length === 0 && !everyone) return [];
  return readPortRules(entry).map((part) => ({ ...common, ...part, ...authenticated(entry, part.narrowing) }));
}

type PortRule = Pick<Rule, 'ports' | 'field' | 'narrowing' | 'learnsNames'>;

function readPortRules(entry: Field): PortRule[] {
  const icmps = entry.get('icmps');
  const toPorts = entry.get('toPorts');
  if (icmps.items().length > 0) {
    if (toPorts.items().length > 0) icmps.invalid('stands beside toPorts; write two rules');
    return [{ ports: { traffic: readIcmps(icmps), named: [] }, field: entry }];
  }
  if (toPorts.items().length === 0) return [{ ports: ANY_PORT, field: entry }];
  return toPorts.items().map((item) => {
    item.only(['ports', 'rules', 'serverNames', 'listener', 'terminatingTLS', 'originatingTLS']);
    const ports: PortMatch = readCiliumPorts(item.get('ports'));
    const narrowing = readNarrowing(item);
    const dns = item.in('rules', 'dns').items().length > 0;
    return {
      ports,
      field: item,
      ...(narrowing.length > 0 ? { narrowing } : {}),
      ...(dns ? { learnsNames: true as const } : {}),
    };
  });
}

function authenticated(entry: Field, narrowing: readonly string[] | undefined): Pick<Rule, 'narrowing'> {
  if (entry.in('authentication', 'mode').value !== 'required') return {};
  return { narrowing: [...(narrowing ?? []), 'mutually authenticated'] };
}

function readPeer(kind: string, item: Field, context: RuleContext): Peer[] {
  switch (kind) {
    case 'Endpoints':
      return [readEndpointPeer(item, context.namespace)];
    case 'CIDR':
      return [{ addresses: readCidrOrAddress(item) }];
    case 'CIDRSet':
      return [{ addresses: readCidrSet(item, context.surroundings) }];
    case 'Entities':
      return [readEntity(item)];
    case 'Nodes':
      return [{ nodes: readNodeSelector(item) }];
    case 'Services':
      return readServices(item, context);
    case 'FQDNs':
      return readName(item);
    default:
      item.ineffective('names groups of a cloud, which manifests do not tell');
      return [{ pods: NEVER }];
  }
}

/** Source: Cilium pkg/policy/api, FQDNSelector.sanitize. */
function readName(item: Field): Peer[] {
  item.only(['matchName', 'matchPattern']);
  const [name, pattern] = [item.get('matchName'), item.get('matchPattern')];
  if (name.isGiven && pattern.isGiven) item.invalid('has both matchName and matchPattern; write two entries');
  if (!name.isGiven && !pattern.isGiven) item.ineffective('names nobody; write matchName or matchPattern');
  return [name, pattern].flatMap((field): Peer[] => {
    const text = field.text();
    if (text === undefined) return [];
    const isName = field === name;
    if (!(isName ? /^[-\w.]+$/ : /^[-\w.*]+$/).test(text))
      field.invalid(
        `is ${JSON.stringify(text)}, no DNS name`,
        isName && text.includes('*') ? `matchPattern: ${JSON.stringify(text)}` : undefined,
      );
    return [{ name: text }];
  });
}

function readEntity(item: Field): Peer {
  const name = item.text() ?? '';
  const peer = entityPeer(name);
  if (peer === undefined)
    item.invalid(
      `is ${JSON.stringify(name)}, no entity`,
      nearest(name, ['all', 'cluster', 'world', 'init', 'unmanaged', ...ENTITIES]),
    );
  return peer ?? { pods: NEVER };
}

/** The pods behind Services, or their addresses where they have no selector. */
function readServices(item: Field, { surroundings, namespace }: RuleContext): Peer[] {
  item.only(['k8sService', 'k8sServiceSelector']);
  const byName = item.get('k8sService');
  const bySelector = item.get('k8sServiceSelector');
  const place = (field: Field) => field.get('namespace').text() ?? namespace;
  const test = readSelector(bySelector.get('selector'), { freeKeys: true });
  const found = surroundings.services.filter((service) =>
    byName.isGiven
      ? service.name === byName.get('serviceName').value && service.namespace === place(byName)
      : bySelector.isGiven &&
        test.matches(service.labels) &&
        (place(bySelector) ?? service.namespace) === service.namespace,
  );
  if (found.length === 0) item.ineffective('names no Service of the tree');
  return found.map((service) => ({ pods: service.pods }));
}

import { objectName, type Field } from './field';
import { allOf, NEVER } from './labels';
import { readIpBlock } from './ip-block';
import { namespaceOf } from './workload';
import { inNamespace, namespaceKey } from './pod-labels';
import { oneOfBlocks, soundBlocks } from './peer-blocks';
import { readPolicyPorts } from './network-policy-ports';
import type { Direction, Peer, Policy, Rule, Side } from './policy';
import { readOnce } from './read-once';
import { readSelector } from './selector';

/** Reads a NetworkPolicy of networking.k8s.io/v1. Source: Kubernetes API reference, NetworkPolicy. */
export function readNetworkPolicy(policy: Field): Policy {
  const namespace = namespaceOf(policy);
  const spec = policy.get('spec').only(['podSelector', 'policyTypes', 'ingress', 'egress']);
  const types = directionsOf(spec);
  const sides: Partial<Record<Direction, Side>> = {};
  const idle: Partial<Record<Direction, readonly Peer[]>> = {};
  for (const direction of ['ingress', 'egress'] as const) {
    const rules = spec.get(direction).items();
    const read = rules.map((rule) => readRule(rule, direction, namespace));
    if (types.includes(direction))
      sides[direction] = {
        isolates: true,
        rules: read,
        field: spec.get(direction).isGiven ? spec.get(direction) : spec,
      };
    else if (rules.length > 0) {
      idle[direction] = read.flatMap((rule) => rule.peers);
      spec.get(direction).ineffective(`has rules that nothing asks for, since policyTypes leaves ${direction} out`);
    }
  }
  return {
    id: objectName(policy.manifest),
    dialect: 'kubernetes',
    field: policy,
    subject: inNamespace(namespace, readPods(spec.get('podSelector'))),
    subjects: ['pods'],
    sides,
    idle,
  };
}

const readPods = readOnce((selector) => readSelector(selector));
const readNamespaces = readOnce((selector) => readSelector(selector, { keyOf: namespaceKey }));

/** Absent: ingress always, egress only if there are rules for it. */
function directionsOf(spec: Field): readonly Direction[] {
  const types = spec.get('policyTypes').items();
  if (types.length === 0) {
    return spec.get('egress').items().length > 0 ? ['ingress', 'egress'] : ['ingress'];
  }
  return types.flatMap((type) => {
    if (type.value === 'Ingress') return ['ingress'];
    if (type.value === 'Egress') return ['egress'];
    type.invalid(`is ${JSON.stringify(type.value)}; policy types are Ingress and Egress`);
    return [];
  });
}

function readRule(rule: Field, direction: Direction, namespace: string): Rule {
  const side = direction === 'ingress' ? 'from' : 'to';
  rule.only([side, 'ports']);
  const list = rule.get(side);
  const none = !list.isGiven || (Array.isArray(list.value) && list.value.length === 0);
  return {
    action: 'allow',
    // Absent and empty are the same here: everyone.
    peers: none ? [{ everyone: true }] : readPeers(list, namespace),
    ports: readPolicyPorts(rule.get('ports')),
    field: rule,
  };
}

/** Blocks are one peer: a policy that names nodes by their addresses has hundreds. */
function readPeers(list: Field, namespace: string): readonly Peer[] {
  if (!Array.isArray(list.value)) return list.items().map((peer) => readPeer(peer, namespace));
  const raw: readonly unknown[] = list.value;
  const sound = soundBlocks(raw);
  if (sound !== undefined) return [...sound.others.map((i) => readPeer(list.item(i), namespace)), ...sound.blocks];
  const read = raw.map((_, i) => readPeer(list.item(i), namespace));
  const others = read.filter(({ addresses }) => addresses === undefined);
  const blocks = read.flatMap(({ addresses }) => addresses ?? []);
  return [...others, ...oneOfBlocks(raw, blocks)];
}

function readPeer(peer: Field, namespace: string): Peer {
  peer.only(['podSelector', 'namespaceSelector', 'ipBlock']);
  const [pods, namespaces, block] = [peer.get('podSelector'), peer.get('namespaceSelector'), peer.get('ipBlock')];
  if (block.isGiven) {
    if (pods.isGiven || namespaces.isGiven) peer.invalid('has an ipBlock beside a selector; write two peers');
    return { addresses: readIpBlock(block.only(['cidr', 'except'])) };
  }
  if (!pods.isGiven && !namespaces.isGiven) {
    peer.invalid('is empty; write podSelector, namespaceSelector or ipBlock');
    return { pods: NEVER };
  }
  const podTest = readPods(pods);
  return {
    pods: namespaces.isGiven ? allOf([readNamespaces(namespaces), podTest]) : inNamespace(namespace, podTest),
  };
}

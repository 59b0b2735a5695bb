import type { Address } from '../net/address';
import { AddressSet } from '../net/address-set';
import type { Cluster } from '../spec/cluster';
import type { NodeSelector } from '../spec/fields';
import type { Node } from '../spec/node';
import type { NetworkName } from './claim';
import { oncePer, oncePerName } from './once';

/** The names of the nodes a selector means, in order. */
export function selectNodes(spec: Cluster, select: NodeSelector): readonly string[] {
  const { bySelector, byMeaning } = selections(spec);
  let names = bySelector.get(select);
  if (names === undefined) {
    const meaning = JSON.stringify(select);
    names = byMeaning.get(meaning) ?? Object.keys(spec.nodes).filter((name) => isSelected(spec, name, select));
    byMeaning.set(meaning, names);
    bySelector.set(select, names);
  }
  return names;
}

/** Flows ask for the same few selections over and over, and many apps for the same nodes in selectors of their own. */
const selections = oncePer((_spec: Cluster) => ({
  bySelector: new Map<NodeSelector, readonly string[]>(),
  byMeaning: new Map<string, readonly string[]>(),
}));

/** Whether a selector means a node. */
export function isSelected(spec: Cluster, name: string, select: NodeSelector): boolean {
  const node = spec.nodes[name];
  return node !== undefined && matches(name, node, select);
}

function matches(name: string, node: Node, select: NodeSelector): boolean {
  if (select === 'all') return true;
  if (select === 'servers') return node.role === 'server';
  if (select === 'agents') return node.role === 'agent';
  if ('names' in select) return select.names.includes(name);
  return Object.entries(select.labels).every(([key, value]) => node.labels[key] === value);
}

/** A node by its name, which the spec's references are known to hold. */
export function nodeOf(spec: Cluster, name: string): Node {
  const node = spec.nodes[name];
  if (node === undefined) throw new Error(`no node ${name}`);
  return node;
}

export function addressesOf(spec: Cluster, name: string, network: NetworkName): readonly Address[] {
  return nodeOf(spec, name).addresses[network] ?? [];
}

/** The address peers dial: the first that the node has on that network. */
export function addressOf(spec: Cluster, name: string, network: NetworkName): Address {
  const first = addressesOf(spec, name, network)[0];
  if (first === undefined) throw new Error(`node ${name} has no address on ${network}`);
  return first;
}

/** Whether any of the selected nodes is on a network. A tailnet may hold devices alone. */
export function hasNodes(spec: Cluster, network: NetworkName, select: NodeSelector = 'all'): boolean {
  return selectNodes(spec, select).some((name) => addressesOf(spec, name, network).length > 0);
}

/** Every address that the selected nodes have on a network. */
export function nodeAddresses(spec: Cluster, select: NodeSelector, network: NetworkName): AddressSet {
  return addressesOn(selectNodes(spec, select), network, spec);
}

const addressesOn = oncePerName((names: readonly string[], network, spec: Cluster) =>
  AddressSet.of(...names.flatMap((name) => addressesOf(spec, name, network))),
);

/** Every address that nodes have, on whichever network. */
export const allNodeAddresses = oncePer((spec: Cluster) =>
  AddressSet.of(...Object.keys(spec.networks).map((network) => nodeAddresses(spec, 'all', network))),
);

export function interfaceOf(spec: Cluster, name: string, network: NetworkName): string {
  const device = nodeOf(spec, name).interfaces[network] ?? spec.networks[network]?.interface;
  if (device === undefined) throw new Error(`no network ${network}`);
  return device;
}

export function hostnameOf(spec: Cluster, name: string): string {
  return nodeOf(spec, name).hostname ?? name;
}

/** The order in which nodes are started, or changed one at a time: the first server, the other servers, the agents. */
export function startOrder(spec: Cluster): readonly string[] {
  const first = initServer(spec);
  const servers = selectNodes(spec, 'servers').filter((name) => name !== first);
  return [first, ...servers, ...selectNodes(spec, 'agents')];
}

/** The server that starts the cluster, and that the others join. */
export function initServer(spec: Cluster): string {
  const name = spec.k3s.initServer ?? selectNodes(spec, 'servers')[0];
  if (name === undefined) throw new Error(`cluster ${spec.name} has no server`);
  return name;
}

import { keysOf, textOf } from './names';
import { member, valueAt } from './walk';

/** What is written of overlays and their ends, each of which is a node. */

export const nodesOf = (raw: unknown) => keysOf(member(raw, 'nodes')).toSorted();

/** What a node says of its end: its key, and how it is dialled. */
export const endOf = (raw: unknown, node: string, network: string) =>
  valueAt(raw, ['nodes', node, 'wireguard', network]);

export const isBehindNat = (raw: unknown, node: string, network: string) =>
  member(endOf(raw, node, network), 'behindNat') === true;

export const hasAddress = (raw: unknown, node: string, network: string) =>
  valueAt(raw, ['nodes', node, 'addresses', network]) !== undefined;

/** Nodes with an address and a key on an overlay. */
export const membersOf = (raw: unknown, network: string) =>
  nodesOf(raw).filter((node) => hasAddress(raw, node, network) && endOf(raw, node, network) !== undefined);

export const hubOf = (raw: unknown, network: string) => textOf(valueAt(raw, ['networks', network, 'topology', 'hub']));

export const interfaceOf = (raw: unknown, network: string) => textOf(valueAt(raw, ['networks', network, 'interface']));

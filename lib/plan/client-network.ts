import { AddressSet } from '../net/address-set';
import { NOT_ROUTED } from '../net/well-known';
import type { Cluster } from '../spec/cluster';
import type { NodeSelector, Source } from '../spec/fields';
import type { NetworkName } from './claim';
import { INTERNET, type Endpoint } from './endpoint';
import { isOverlay, isWireguard } from './network-kind';
import { addressesOf, hasNodes, selectNodes } from './nodes';
import { prefixOf, sourceEndpoint } from './source-endpoint';
import { wayOut } from './way-out';

/** Ports at which nodes are dialled under addresses of their own. */
export interface NodePorts {
  /** The nodes that answer. */
  readonly nodes: NodeSelector;
  /** The network whose addresses clients from anywhere dial. */
  readonly front: NetworkName;
}

/** Callers that come in by one network. */
export interface Callers {
  readonly from: Endpoint;
  readonly over: NetworkName;
}

/**
 * The network whose addresses clients from anywhere dial: the one that is named, else the node network, but the way out
 * where nodes talk to each other on an overlay, which is none that a client is on.
 */
export function frontNetwork(spec: Cluster, named?: NetworkName): NetworkName {
  if (named !== undefined) return named;
  return isWireguard(spec, spec.k3s.nodeNetwork) ? wayOut(spec) : spec.k3s.nodeNetwork;
}

/**
 * The networks by which a source comes to ports of nodes, and who of it comes by each. A packet enters by the device of
 * the address that was dialled, so what counts is where a caller finds the nodes:
 * - Whoever is on a network that the nodes are on dials them there. Of addresses these are the ones in its prefix; a range
 *   that is wider than the prefix comes by both ways. Nodes that are not on it are dialled at the front network's
 *   addresses, to which routers lead under the caller's own address unless it is public.
 * - An overlay's members come by the overlay or not at all: no other link carries its addresses.
 * - All others dial the front network's addresses: anyone, proxies, prefixes behind routers, networks without such nodes,
 *   and devices that a router among the pods stands for.
 */
export function callersByNetwork(spec: Cluster, source: Source, ports: NodePorts): Callers[] {
  const from = sourceEndpoint(spec, source);
  if (from.kind !== 'range') {
    const own = source.kind === 'network' && hasNodes(spec, source.network, ports.nodes);
    return [{ from, over: own ? source.network : ports.front }];
  }
  if (source.kind === 'network') return waysFrom(spec, source.network, ports).map((over) => ({ from, over }));
  const parts = callersOnLinks(spec, from.addresses, ports);
  if (parts.length === 1) return parts.map(({ over }) => ({ from, over }));
  return parts.map(({ over, addresses }) => ({ from: narrowed(from, addresses), over }));
}

interface Part {
  readonly over: NetworkName;
  readonly addresses: AddressSet;
}

function callersOnLinks(spec: Cluster, addresses: AddressSet, ports: NodePorts): Part[] {
  const near = Object.keys(spec.networks)
    .filter((name) => name !== ports.front && hasNodes(spec, name, ports.nodes))
    .map((over) => ({ over, addresses: prefixOf(spec, over)?.intersection(addresses) ?? AddressSet.empty }))
    .filter((part) => !part.addresses.isEmpty);
  const there = near.filter(({ over }) => !waysFrom(spec, over, ports).includes(ports.front));
  const settled = AddressSet.of(...there.map((part) => part.addresses));
  const far = AddressSet.of(...addresses.ranges().filter((range) => !settled.contains(range)));
  return far.isEmpty ? near : [...near, { over: ports.front, addresses: far }];
}

/** The networks on which members of one dial nodes. */
function waysFrom(spec: Cluster, network: NetworkName, { nodes, front }: NodePorts): NetworkName[] {
  if (isOverlay(spec, network)) return [network];
  const all = selectNodes(spec, nodes);
  const there = all.filter((name) => addressesOf(spec, name, network).length > 0);
  if (there.length === 0 || network === front) return [front];
  const routed = there.length < all.length && !isOverlay(spec, front) && spec.networks[front]?.kind !== 'public';
  return routed ? [network, front] : [network];
}

/** The same of ports that are dialled on every network, such as SSH: anyone comes by each. */
export function callersAnywhere(spec: Cluster, source: Source, nodes: NodeSelector): Callers[] {
  if (source.kind === 'anywhere') return Object.keys(spec.networks).map((over) => ({ from: INTERNET, over }));
  return callersByWayOut(spec, source, nodes);
}

/**
 * The same of ports for which no network is named: who is far comes by the way out, but by the router of a LAN that the
 * nodes are on where the internet does not carry the caller's addresses.
 */
export function callersByWayOut(spec: Cluster, source: Source, nodes: NodeSelector): Callers[] {
  const front = wayOut(spec);
  const callers = callersByNetwork(spec, source, { nodes, front });
  const router = Object.entries(spec.networks).find(
    ([name, network]) => network.kind === 'lan' && network.gateway !== undefined && hasNodes(spec, name, nodes),
  )?.[0];
  if (router === undefined || spec.networks[front]?.kind !== 'public') return callers;
  return callers.flatMap(({ from, over }) =>
    over !== front || from.kind !== 'range'
      ? [{ from, over }]
      : [
          { from: narrowed(from, from.addresses.intersection(NOT_ROUTED)), over: router },
          { from: narrowed(from, from.addresses.difference(NOT_ROUTED)), over },
        ].filter((caller) => !caller.from.addresses.isEmpty),
  );
}

type Ranged = Extract<Endpoint, { kind: 'range' }>;

/** Some of the addresses of one who calls, named after them where all of them were. */
function narrowed(from: Ranged, addresses: AddressSet): Ranged {
  return { ...from, addresses, name: from.name === String(from.addresses) ? String(addresses) : from.name };
}

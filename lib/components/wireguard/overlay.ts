import type { Address } from '../../net/address';
import { AddressSet } from '../../net/address-set';
import type { NetworkName } from '../../plan/claim';
import { leastMtu } from '../../plan/network-mtu';
import { addressesOf, interfaceOf } from '../../plan/nodes';
import type { MtuSum } from '../../net/mtu';
import type { Cluster } from '../../spec/cluster';
import type { Network } from '../../spec/network';
import { sortedEntries } from '../../text/compare';

export type WireguardNetwork = Extract<Network, { kind: 'wireguard' }>;

/** One node's end of an overlay. */
export interface Member {
  readonly node: string;
  readonly device: string;
  /** On the overlay. */
  readonly addresses: readonly Address[];
  /** On the network that carries the tunnels. None: it can only dial. */
  readonly outer: readonly Address[];
  readonly publicKey: string;
  readonly behindNat: boolean;
  /** UDP port by which peers dial it. */
  readonly endpointPort: number;
}

/** A WireGuard network with the nodes on it, read once for all of them. */
export interface Overlay {
  readonly name: NetworkName;
  readonly network: WireguardNetwork;
  /** In code-unit order of their names. */
  readonly members: readonly Member[];
  /** The one through which all others reach each other. Absent: everyone with everyone. */
  readonly hub?: Member;
  /** Every address of the overlay: its prefix, and what members have outside it. */
  readonly addresses: AddressSet;
  /** The same on every node: what the smallest link can carry. */
  readonly mtu: MtuSum;
}

/** The overlays of a spec that have nodes. */
export function overlaysOf(spec: Cluster): readonly Overlay[] {
  return sortedEntries(spec.networks).flatMap(([name, network]) => {
    if (network.kind !== 'wireguard') return [];
    const members = membersOf(spec, name, network);
    if (members.length === 0) return [];
    const { topology } = network;
    const hub = topology === 'mesh' ? undefined : members.find(({ node }) => node === topology.hub);
    const addresses = AddressSet.of(network.prefix, ...members.flatMap((member) => member.addresses));
    return [{ name, network, members, addresses, mtu: leastMtu(spec, name), ...(hub ? { hub } : {}) }];
  });
}

function membersOf(spec: Cluster, name: NetworkName, network: WireguardNetwork): Member[] {
  return sortedEntries(spec.nodes).flatMap(([node, { addresses, wireguard }]) => {
    const end = wireguard[name];
    const own = addresses[name];
    if (end === undefined || own === undefined) return [];
    return [
      {
        node,
        device: interfaceOf(spec, node, name),
        addresses: own,
        outer: addressesOf(spec, node, network.over),
        publicKey: end.publicKey,
        behindNat: end.behindNat,
        endpointPort: end.endpointPort ?? network.port,
      },
    ];
  });
}

/** Those with whom a member keeps a tunnel. */
export function peersOf({ members, hub }: Overlay, member: Member): readonly Member[] {
  if (hub !== undefined && member !== hub) return [hub];
  return members.filter((other) => other !== member);
}

/** Where a peer is dialled: in a family that the caller has too, if the caller's are known. */
export function endpointOf(own: Member['outer'], peer: Member): string | undefined {
  if (peer.behindNat) return undefined;
  const spoken = new Set(own.map(({ family }) => family));
  const host = peer.outer.find(({ family }) => spoken.has(family)) ?? peer.outer[0];
  return host?.withPort(peer.endpointPort);
}

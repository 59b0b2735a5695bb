import type { Address } from '../net/address';
import type { Cluster } from '../spec/cluster';
import type { SpecPath } from '../spec/finding';
import { sortedEntries } from '../text/compare';
import type { Provided } from './capability';

/** A router that a component tells of virtual addresses, by one session from each of its nodes. */
export interface BgpPeer {
  readonly owner: string;
  readonly address: Address;
  /** The router's autonomous system. */
  readonly asn: number;
  /** The cluster's own. */
  readonly ownAsn: number;
  /** Whether each finds by BFD that the other has failed. */
  readonly bfd: boolean;
  readonly nodes: 'all' | 'servers';
  readonly source: SpecPath;
}

export function bgpPeers(spec: Cluster): BgpPeer[] {
  return spec.loadBalancers.flatMap((balancer, i): BgpPeer[] => {
    const at = ['loadBalancers', i];
    if (balancer.kind === 'metallb' && balancer.mode === 'bgp')
      return sortedEntries(balancer.peers).map(([name, { address, asn, myAsn, bfd }]) => ({
        owner: 'metallb',
        address,
        asn,
        ownAsn: myAsn,
        bfd,
        // Speakers hold their sessions everywhere, and tell of a pool where it may be announced.
        nodes: 'all',
        source: [...at, 'peers', name],
      }));
    if (balancer.kind !== 'kube-vip' || balancer.mode !== 'bgp' || balancer.bgp === undefined) return [];
    if (balancer.services === undefined && balancer.controlPlane === undefined) return [];
    const { asn: ownAsn, peers } = balancer.bgp;
    return sortedEntries(peers).map(([name, { address, asn }]) => ({
      owner: 'kube-vip',
      address,
      asn,
      ownAsn,
      bfd: false,
      nodes: balancer.services === undefined ? 'servers' : 'all',
      source: [...at, 'bgp', 'peers', name],
    }));
  });
}

/**
 * What the owner of sessions has to itself: a router keeps one session with a node, and closes a second one.
 * Source: RFC 4271, section 6.8; MetalLB docs, issues with Calico.
 */
export function bgpSessions(spec: Cluster, owner: string): Omit<Provided, 'owner'>[] {
  return bgpPeers(spec)
    .filter((peer) => peer.owner === owner)
    .map(({ address, source }) => ({
      name: 'bgp-session',
      scope: String(address),
      failure: `the router ${String(address)} takes back what the node told it, and sends to other nodes.`,
      source,
    }));
}

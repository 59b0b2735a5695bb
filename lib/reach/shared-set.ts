import { AddressSet } from '../net/address-set';
import { readable } from '../net/error';
import { Prefix } from '../net/prefix';
import { isMapping } from './field';

/**
 * Of the addresses that the blocks of one rule let in together, those that K3s may leave out: it puts all blocks of a
 * rule into one ipset of type hash:net, and what one of them excepts stands in it as `nomatch`, for its neighbours, too.
 * There the longest prefix decides, so a neighbour that is longer than the hole is heard.
 * Source: kube-router pkg/controllers/netpol/policy.go, evalIPBlockPeer; ipset(8), hash:net, nomatch.
 * @param peers as they are written; what is unsound in them is reported elsewhere
 */
export function leftOutByNeighbours(peers: readonly unknown[], allowed: AddressSet): AddressSet {
  const blocks = peers.flatMap((peer) => (isMapping(peer) && isMapping(peer.ipBlock) ? [peer.ipBlock] : []));
  const holes = blocks.flatMap(({ except }) =>
    Array.isArray(except) ? (except as unknown[]).flatMap((hole) => soundPrefix(hole) ?? []) : [],
  );
  if (holes.length === 0 || blocks.length === 1) return AddressSet.empty;
  const prefixes = blocks.flatMap(({ cidr }) => soundPrefix(cidr) ?? []);
  return AddressSet.of(
    ...holes.flatMap((hole) => {
      const within = AddressSet.of(hole).intersection(allowed);
      if (within.isEmpty) return [];
      return [within.difference(AddressSet.of(...prefixes.filter((one) => hole.contains(one) && !hole.equals(one))))];
    }),
  );
}

function soundPrefix(text: unknown): Prefix | undefined {
  return typeof text === 'string' ? readable(() => Prefix.parse(text)) : undefined;
}

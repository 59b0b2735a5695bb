import { AddressSet } from '../../net/address-set';
import type { Prefix } from '../../net/prefix';
import { Range } from '../../net/range';
import { DOCKER, K3S, LOCAL_IPV6, PRIVATE } from '../../net/well-known';
import { kindOfClaim, PODS, SERVICES, type Claim } from '../../plan/claim';
import type { Plan } from '../../plan/plan';
import { printPath } from '../../spec/finding';

/** Whether a claim's addresses are a choice of the spec's author, and not those of a machine or a network. */
export function canMove(claim: Claim): boolean {
  const { network, within } = claim;
  if (network === PODS || network === SERVICES) return within === undefined;
  return ['leases', 'pool'].includes(kindOfClaim(claim));
}

/** Addresses that could take the place of a claim's, and that nobody claims; undefined where it cannot move. */
export function freeFor(claim: Claim, held: readonly Claim[], plan: Plan): AddressSet | undefined {
  if (!canMove(claim)) return undefined;
  const kind = kindOfClaim(claim);
  // What a DHCP server hands out may have holes.
  if (kind === 'leases') return without(claim, held);
  return kind === 'pool' ? besideOnNetwork(claim, plan) : clusterRange(claim, plan);
}

function without({ addresses }: Claim, held: readonly Claim[]): AddressSet | undefined {
  const rest = held.reduce((left, one) => left.difference(one.addresses), addresses);
  return rest.isEmpty ? undefined : rest;
}

/** Ranges that other networks like to have: the first of private space, and Docker's. */
const POPULAR = AddressSet.of(Range.of(DOCKER.swarmPool.first, K3S.serviceCidr.last), DOCKER.defaultPools);

/** A private range of the same size, beyond those that everybody takes first. */
function clusterRange({ addresses }: Claim, plan: Plan): AddressSet | undefined {
  const prefix = addresses.prefixes()[0];
  if (prefix === undefined) return undefined;
  const taken = AddressSet.of(POPULAR, ...plan.claims.map((claim) => claim.addresses));
  const space = prefix.family === 4 ? PRIVATE.family(4) : AddressSet.of(LOCAL_IPV6);
  for (const free of space.difference(taken).blocks(prefix.length)) return AddressSet.of(free);
  return undefined;
}

/** The free range of a pool's network that holds most of what the pool has now, or the first one that is large enough. */
function besideOnNetwork(claim: Claim, { claims, spec }: Plan): AddressSet | undefined {
  const network = spec.networks[claim.network];
  const size = claim.addresses.size;
  if (network === undefined || network.kind === 'public' || claim.addresses.families().length !== 1) return undefined;
  const free = freeOf(network.prefix, claim, claims).ranges();
  const own = [...free].sort((a, b) => Number(kept(b, claim) - kept(a, claim)));
  const [best] = own;
  if (best === undefined) return undefined;
  if (kept(best, claim) > 0n) return AddressSet.of(best.size <= 2n * size ? best : clipped(best, claim));
  const large = free.find((range) => range.size >= size);
  return large === undefined ? undefined : AddressSet.of(clipped(large, claim));
}

function freeOf(prefix: Prefix, claim: Claim, claims: readonly Claim[]): AddressSet {
  const inside = printPath(claim.source);
  const taken = claims
    .filter(
      (one) =>
        one.network === claim.network &&
        kindOfClaim(one) !== 'network' &&
        one.source !== claim.source &&
        (one.within === undefined || printPath(one.within) !== inside),
    )
    .map(({ addresses }) => addresses);
  return AddressSet.hostsOf(prefix).difference(AddressSet.of(...taken));
}

const kept = (range: Range, { addresses }: Claim) => addresses.intersection(range).size;

/** As many addresses of a range as the claim has, from the claim's own first address on where that lies in it. */
function clipped(range: Range, { addresses }: Claim): Range {
  const [first] = addresses.intersection(range).ranges();
  const size = addresses.size < range.size ? addresses.size : range.size;
  const latest = range.last.value - size + 1n;
  const start =
    first === undefined || first.first.value > latest
      ? first === undefined
        ? range.first.value
        : latest
      : first.first.value;
  const from = range.first.plus(start - range.first.value);
  return Range.of(from, from.plus(size - 1n));
}

import { AddressSet } from '../../net/address-set';
import type { Prefix } from '../../net/prefix';
import { kindOfClaim, type Claim } from '../../plan/claim';
import { poolsOf } from '../../plan/pool';
import type { Plan } from '../../plan/plan';
import { printPath, type Finding } from '../../spec/finding';

/** An address at the end of a network's prefix, which nobody there can have. IPv4 alone keeps its ends. */
export function addressUnusable(plan: Plan): Finding[] {
  // A router that is told of each address by itself asks nobody on a link who has it.
  const routed = new Set(
    poolsOf(plan.spec).flatMap(({ routers, source }) => (routers === undefined ? [] : [printPath(source)])),
  );
  return Object.entries(plan.spec.networks).flatMap(([name, network]) => {
    if (network.kind !== 'lan' && network.kind !== 'sdn') return [];
    const { prefix } = network;
    if (prefix.broadcast === undefined) return [];
    const at = ['networks', name, 'prefix'];
    return plan.claims
      .filter((claim) => isUsed(claim, printPath(at)) && !routed.has(printPath(claim.source)))
      .flatMap((claim) => unusable(claim, prefix, prefix.broadcast, name));
  });
}

/** What others lease or keep is theirs to divide. */
function isUsed(claim: Claim, network: string): boolean {
  const isTheirs = ['leases', 'reserved'].includes(kindOfClaim(claim));
  return claim.within !== undefined && printPath(claim.within) === network && !isTheirs;
}

function unusable(claim: Claim, prefix: Prefix, broadcast: Prefix['broadcast'], network: string): Finding[] {
  if (broadcast === undefined) return [];
  const ends = [
    { address: prefix.first, what: 'network address' },
    { address: broadcast, what: 'broadcast address' },
  ].filter(({ address }) => claim.addresses.contains(address));
  if (ends.length === 0) return [];
  const said = ends.map(({ address, what }) => `${address}, the ${what}`).join(', and ');
  const rest = claim.addresses.difference(AddressSet.of(prefix.first, broadcast));
  return [
    {
      code: 'ADDRESS_UNUSABLE',
      severity: 'error',
      at: [claim.source, ['networks', network, 'prefix']],
      message: `${claim.owner} (${claim.purpose}) has ${said} of ${prefix} on ${network}, which nobody can have`,
      fix: rest.isEmpty ? `an address from ${prefix.firstHost} to ${prefix.lastHost}` : String(rest),
      ...(rest.isEmpty ? {} : { suggest: { path: claim.source, value: String(rest).split(', ') } }),
    },
  ];
}

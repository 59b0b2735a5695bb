import { AddressSet } from '../../net/address-set';
import { overlapsAmong } from '../../net/overlap';
import { kindOfClaim, type Claim, type ClaimKind } from '../../plan/claim';
import type { Plan } from '../../plan/plan';
import { printPath, type SpecPath } from '../../spec/finding';
import { among, type AmongFinding } from '../among';
import { fails } from '../found';

/** Addresses of one cluster on a network that others are on. */
interface Placed {
  readonly site: string;
  readonly owner: string;
  readonly purpose: string;
  readonly addresses: AddressSet;
  readonly source: SpecPath;
  readonly kind: ClaimKind;
}

type OfCluster = Placed & { readonly cluster: string };

/**
 * Addresses that two clusters at one site both take. A machine that is a node of both has its address twice, and DHCP
 * scopes are of the network and not of a cluster; what one of them keeps for others is there for that.
 */
export const overlapAtSite = among<readonly Placed[]>({
  codes: ['ADDRESS_OVERLAP'],
  keep: (plan) => {
    const placed = plan.claims.flatMap((claim) => placedOf(plan, claim) ?? []);
    return placed.length === 0 ? undefined : placed;
  },
  compare: (all) => {
    const placed = [...all].flatMap(([cluster, own]) => own.map((one): OfCluster => ({ ...one, cluster })));
    return overlapsAmong(placed.map(({ addresses }) => addresses)).flatMap(({ first, second, shared }) => {
      const [a, b] = [placed[first], placed[second]];
      if (a === undefined || b === undefined || a.cluster === b.cluster || a.site !== b.site || mayShare(a, b))
        return [];
      return [finding(a, b, shared)];
    });
  },
});

function placedOf({ spec }: Plan, claim: Claim): Placed | undefined {
  const { network, source, within, owner, purpose, addresses } = claim;
  const one = spec.networks[network];
  const site = one !== undefined && 'site' in one ? one.site : undefined;
  if (site === undefined || within === undefined || printPath(within) !== printPath(['networks', network, 'prefix']))
    return undefined;
  const kind = kindOfClaim(claim);
  if (kind === 'gateway' || kind === 'reserved') return undefined;
  return { site, owner, purpose, addresses, source, kind };
}

function mayShare(a: Placed, b: Placed): boolean {
  if (a.kind === 'leases' && b.kind === 'leases') return true;
  return a.kind === 'node' && b.kind === 'node' && a.owner === b.owner && a.addresses.equals(b.addresses);
}

function finding(a: OfCluster, b: OfCluster, shared: AddressSet): AmongFinding {
  const said = ({ owner, purpose, addresses, cluster }: OfCluster) =>
    `${owner} of ${cluster} (${purpose}, ${addresses})`;
  return {
    ...fails('ADDRESS_OVERLAP', {
      at: [b.source],
      message: `${said(b)} and ${said(a)} both claim ${shared} at the site ${a.site}`,
      fix: `other addresses for one of them; what the other has belongs in its network's reserved`,
    }),
    cluster: b.cluster,
    others: [{ cluster: a.cluster, at: a.source }],
  };
}

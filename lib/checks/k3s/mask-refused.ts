import { bitsOf, type Family } from '../../net/address';
import type { Prefix } from '../../net/prefix';
import { podFamilies } from '../../plan/cluster-ranges';
import { askedMasks, type AskedMask } from '../../plan/node-range';
import type { Plan } from '../../plan/plan';
import { runsK3s } from '../../spec/orchestrator';
import type { Finding } from '../../spec/finding';
import { MOST_BLOCK_BITS } from '../../spec/range-references';
import { fails, familyNames } from '../found';

/** Lengths of the nodes' pod ranges with which kube-controller-manager ends at its start, and K3s with it. */
export function maskRefused({ spec }: Plan): Finding[] {
  if (!runsK3s(spec)) return [];
  const masks = askedMasks(spec);
  return masks.flatMap((mask) => {
    const wrong = ofFamily(mask, masks, podFamilies(spec)) ?? tooLong(mask, spec.k3s.clusterCidrs);
    if (wrong === undefined) return [];
    return [
      fails('K3S_FLAG_CONFLICT', {
        at: [
          ['k3s', 'extraFlags', 'server', 'kube-controller-manager-arg'],
          ['k3s', 'clusterCidrs'],
        ],
        message: `${mask.flag}=${mask.bits}: ${wrong.why}, so that K3s does not start`,
        fix: wrong.fix,
      }),
    ];
  });
}

interface Wrong {
  readonly why: string;
  readonly fix: string;
}

/** Source: Kubernetes cmd/kube-controller-manager/app/core.go, setNodeCIDRMaskSizes. */
function ofFamily({ family }: AskedMask, all: readonly AskedMask[], own: readonly Family[]): Wrong | undefined {
  const right = own.map((one) => `node-cidr-mask-size-ipv${one}`).join(' and ');
  if (family === undefined && own.length > 1)
    return { why: `pods have ${familyNames(own)} addresses, and it does not say of which it is`, fix: right };
  if (family === undefined && all.some((other) => other.family !== undefined))
    return { why: 'it may not stand beside one that names a family', fix: `${right} alone` };
  if (family === undefined || own.includes(family)) return undefined;
  return { why: `pods have ${familyNames(own)} addresses alone`, fix: right };
}

/** Source: Kubernetes pkg/controller/nodeipam/ipam/cidrset. */
function tooLong({ family, bits }: AskedMask, ranges: readonly Prefix[]): Wrong | undefined {
  const range = ranges.find((one) => family === undefined || one.family === family);
  if (range === undefined) return undefined;
  const most = bitsOf(range.family);
  const counted = range.family === 6 ? Math.min(most, range.length + MOST_BLOCK_BITS) : most;
  if (bits <= counted) return undefined;
  return {
    why:
      bits > most
        ? `IPv${range.family} addresses have ${most} bits`
        : `${range} holds 2^(${bits} − ${range.length}) such ranges, and Kubernetes keeps count of 2^${MOST_BLOCK_BITS}`,
    fix: `${Math.min(counted, most - 7)} or less`,
  };
}

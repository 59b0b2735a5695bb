import { bitsOf, type Family } from '../net/address';
import { K3S } from '../net/well-known';
import type { Cluster } from '../spec/cluster';

/** A length of the nodes' pod ranges that the spec's own flags ask for. */
export interface AskedMask {
  readonly flag: string;
  /** The family of which it says so. Absent: that of the cluster's one family; two families refuse it. */
  readonly family?: Family;
  readonly bits: number;
}

/** A zero is no mask: it asks for nothing. */
const MASK = /^(node-cidr-mask-size(?:-ipv([46]))?)=(0*[1-9]\d*)$/;

/** Source: kube-controller-manager, --node-cidr-mask-size, --node-cidr-mask-size-ipv4 and -ipv6. */
export function askedMasks({ k3s }: Cluster): AskedMask[] {
  return [k3s.extraFlags.server['kube-controller-manager-arg']].flat().flatMap((arg) => {
    const [, flag, family, bits] = MASK.exec(String(arg)) ?? [];
    if (flag === undefined) return [];
    return [{ flag, bits: Number(bits), ...(family === undefined ? {} : { family: family === '4' ? 4 : 6 }) }];
  });
}

/** Length of the pod range of each node, where the spec's own flags ask for one; no longer than an address. */
export function askedNodeMaskBits(spec: Cluster, family: Family): number | undefined {
  const own = askedMasks(spec).find((asked) => (asked.family ?? spec.k3s.clusterCidrs[0]?.family) === family);
  return own === undefined ? undefined : Math.min(own.bits, bitsOf(family));
}

/** Length of the pod range that Kubernetes gives each node. */
export function nodeMaskBits(spec: Cluster, family: Family): number {
  return askedNodeMaskBits(spec, family) ?? (family === 4 ? K3S.nodeCidrMaskBits : K3S.nodeCidrMaskBits6);
}

import type { Family } from '../net/address';
import { K3S } from '../net/well-known';
import type { Cluster } from '../spec/cluster';

/** A mask without a family is that of the cluster's one family; two families refuse it. */
const MASK = /^node-cidr-mask-size(?:-ipv([46]))?=(\d+)$/;

/**
 * Length of the pod range of each node, where the spec's own flags ask for one.
 * Source: kube-controller-manager, --node-cidr-mask-size, --node-cidr-mask-size-ipv4 and -ipv6.
 */
export function askedNodeMaskBits({ k3s }: Cluster, family: Family): number | undefined {
  const args = [k3s.extraFlags.server['kube-controller-manager-arg']].flat().map((arg) => MASK.exec(String(arg)));
  const own = args.find((match) => match !== null && Number(match[1] ?? k3s.clusterCidrs[0]?.family) === family);
  return own?.[2] === undefined ? undefined : Number(own[2]);
}

/** Length of the pod range that Kubernetes gives each node. */
export function nodeMaskBits(spec: Cluster, family: Family): number {
  return askedNodeMaskBits(spec, family) ?? (family === 4 ? K3S.nodeCidrMaskBits : K3S.nodeCidrMaskBits6);
}

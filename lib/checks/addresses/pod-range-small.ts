import { bitsOf } from '../../net/address';
import type { Prefix } from '../../net/prefix';
import { askedNodeMaskBits } from '../../plan/node-range';
import { selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import type { Finding, SpecPath } from '../../spec/finding';
import { fails, warns } from '../found';

/** Pods that the kubelet takes on one node. Source: kubelet, --max-pods; K3s leaves it alone. */
const PODS_OF_NODE = 110;

/** How a pod range is divided, and where that is said. */
interface Block {
  readonly length: number;
  readonly at: SpecPath;
}

/**
 * A pod range that has not got a block for every node, where the spec says how large its blocks are, and blocks with fewer
 * addresses than a node has pods. Kubernetes' own choice is judged where the spec is read.
 */
export function podRangeSmall(plan: Plan): Finding[] {
  const { spec } = plan;
  const nodes = selectNodes(spec, 'all').length;
  return spec.k3s.clusterCidrs.flatMap((range, i) => {
    const block = blockOf(plan, range);
    if (block === undefined) return [];
    const at = [['k3s', 'clusterCidrs', i], block.at];
    return [...tooFew(range, block, nodes, at), ...tooSmall(plan, range, block, at)];
  });
}

function tooFew(range: Prefix, { length }: Block, nodes: number, at: readonly SpecPath[]): Finding[] {
  const blocks = length < range.length ? 0 : 2 ** (length - range.length);
  if (blocks >= nodes) return [];
  const longest = length - Math.ceil(Math.log2(Math.max(1, nodes)));
  const sum = `2^(${length} − ${range.length}) = ${blocks} block${blocks === 1 ? '' : 's'} of /${length}`;
  return [
    fails('POD_RANGE_SMALL', {
      at,
      message: `${range} holds ${blocks === 0 ? `no block of /${length}` : sum}, and each of the ${nodes} nodes takes at least one`,
      fix: `a prefix of /${longest} or shorter`,
    }),
  ];
}

/** A node of Calico's takes further blocks when one is full; the others have one for good. */
function tooSmall({ spec }: Plan, range: Prefix, { length }: Block, at: readonly SpecPath[]): Finding[] {
  const addresses = 2 ** Math.min(bitsOf(range.family) - length, 30) - 2;
  if (spec.cni.kind === 'calico' || length < range.length || addresses >= PODS_OF_NODE) return [];
  return [
    warns('POD_RANGE_SMALL', {
      at: [...at].reverse(),
      message: `a block of /${length} has 2^(${bitsOf(range.family)} − ${length}) − 2 = ${addresses} addresses, and the kubelet takes up to ${PODS_OF_NODE} pods on a node: the last of them get no address`,
      fix: `blocks of /${bitsOf(range.family) - 7}, which have 126`,
    }),
  ];
}

/** Blocks that Kubernetes does not choose by itself. */
function blockOf(plan: Plan, { family }: Prefix): Block | undefined {
  const { cni } = plan.spec;
  if (cni.kind === 'calico') return { length: cni.blockSize + (family === 4 ? 0 : 96), at: ['cni', 'blockSize'] };
  if (cni.kind === 'cilium')
    return family === 4 ? { length: cni.nodeMaskBits, at: ['cni', 'nodeMaskBits'] } : undefined;
  const length = askedNodeMaskBits(plan.spec, family);
  if (length === undefined) return undefined;
  return { length, at: ['k3s', 'extraFlags', 'server', 'kube-controller-manager-arg'] };
}

import { AddressSet } from '../../net/address-set';
import { Address } from '../../net/address';
import type { Prefix } from '../../net/prefix';
import { nodeMaskBits } from '../../plan/node-range';
import { nodeAddresses } from '../../plan/nodes';
import { oncePer } from '../../plan/once';
import type { Cluster } from '../../spec/cluster';
import { Memory } from '../../text/memory';
import type { FlannelOptions } from './options';

/** More would make a list that nobody reads. A cluster range of which nodes get more is wide, and they get the first. */
const MOST_RANGES = 1024n;

/**
 * Ranges beyond the highest that a node was seen with which nodes to come may get. Kubernetes gives them out in order, and
 * those that nodes left behind again only after a restart or at the end (cidrset.CidrSet of kube-controller-manager).
 */
const SPARE_RANGES = 8n;

/**
 * Addresses that Flannel's tunnel device may have on some node: the first of each range that Kubernetes may give a node.
 * Which node has which is known at run time alone; where the spec says what every node was seen with, those up to a few
 * beyond the highest are enough, and of a wide range the first ones. No pod ever has one of them, as the device that serves
 * pods takes the second and they what follows.
 * Source: flannel backend/vxlan/vxlan.go and backend/wireguard, which put the subnet's own address on the device.
 */
export const tunnelAddresses = oncePer(
  (spec: Cluster): AddressSet => AddressSet.of(...spec.k3s.clusterCidrs.map((cidr) => firstsOf(spec, cidr))),
);
/** What shows the range that Kubernetes gave each node: what `observedPodRange` is to say. */
export const SHOW_RANGES = 'kubectl get nodes -o custom-columns=NODE:.metadata.name,RANGE:.spec.podCIDR';

export function nodesKnown({ backend }: FlannelOptions, spec: Cluster): string {
  const apart = 'They do not tell one node from another, nor the processes of one.';
  if (backend === 'host-gw')
    return `Without a tunnel a node calls pods of other nodes under its own address on the node network: policies name these. ${apart}`;
  const all = tunnelAddresses(spec);
  const ranges = spec.k3s.clusterCidrs.join(' and ');
  const seen =
    'A node calls pods of other nodes under the address of its tunnel device: the first of the pod range that Kubernetes gave it, which is known at run time alone. The node’s own address would let nothing through, and the range of all pods every pod.';
  const known = spec.k3s.clusterCidrs.find((cidr) => highestSeen(spec, cidr) !== undefined);
  if (known !== undefined)
    return `${seen} So policies name the first address of ${seenRanges(spec, known, all)} which Kubernetes gives to nodes that join next. No pod ever has one of them. Once a node has joined, state its range: \`${SHOW_RANGES}\` shows it. ${apart}`;
  return `${seen} So policies name the first address of each of the ${isWide(spec) ? 'first ' : ''}${String(all.size)} ranges that ${ranges} can be divided into${isWide(spec) ? ', which Kubernetes gives out in order' : ''}: no pod ever has one of them. Where every node's \`observedPodRange\` is stated, policies name a few instead. ${apart}`;
}

function seenRanges(spec: Cluster, cidr: Prefix, all: AddressSet): string {
  const spare = String(SPARE_RANGES);
  return isScattered(spec, cidr)
    ? `each range of ${cidr} that a node was seen with (\`observedPodRange\`), of the ${spare} after the highest and of the first ${spare} that are free,`
    : `each of the first ${String(all.family(cidr.family).size)} ranges of ${spec.k3s.clusterCidrs.join(' and ')}: of those up to the highest that a node was seen with (\`observedPodRange\`), and of the ${spare} after it,`;
}

function firstsOf(spec: Cluster, cidr: Prefix): AddressSet {
  const size = cidr.size / possibleRanges(spec, cidr);
  const ranges = rangesToName(spec, cidr);
  const key = `${cidr} ${size} ${ranges.join()}`;
  const firsts = () => AddressSet.of(...ranges.map((i) => Address.of(cidr.family, cidr.first.value + i * size)));
  return made.recall(key) ?? made.keep(key, firsts());
}

/** Clusters of a fleet mostly have one range: its hundreds of addresses are then one set, printed and read once. */
const made = new Memory<AddressSet>(16);

/** The ranges that nodes may have, counted from the first of a cluster's range. */
function rangesToName(spec: Cluster, cidr: Prefix): bigint[] {
  const possible = possibleRanges(spec, cidr);
  const seen = rangesSeen(spec, cidr);
  const highest = highestSeen(spec, cidr);
  if (highest === undefined) return [...between(0n, least(possible, MOST_RANGES)), ...seen];
  const end = least(possible, highest + 1n + SPARE_RANGES);
  if (!isScattered(spec, cidr)) return between(0n, end);
  const free = between(0n, BigInt(seen.length) + SPARE_RANGES).filter((i) => !seen.includes(i));
  return [...free.slice(0, Number(SPARE_RANGES)), ...seen, ...between(highest + 1n, end)];
}

const isWide = (spec: Cluster) => spec.k3s.clusterCidrs.some((cidr) => possibleRanges(spec, cidr) > MOST_RANGES);

/** Whether nodes have ranges so far from the beginning that those between are too many to name. */
function isScattered(spec: Cluster, cidr: Prefix): boolean {
  return (highestSeen(spec, cidr) ?? 0n) + 1n + SPARE_RANGES > MOST_RANGES;
}

const possibleRanges = (spec: Cluster, cidr: Prefix) => 1n << BigInt(nodeRangeLength(spec, cidr) - cidr.length);

const nodeRangeLength = (spec: Cluster, cidr: Prefix) => Math.max(nodeMaskBits(spec, cidr.family), cidr.length);

/** Ranges that nodes were seen with. */
function rangesSeen(spec: Cluster, cidr: Prefix): bigint[] {
  const size = cidr.size / possibleRanges(spec, cidr);
  return Object.values(spec.nodes).flatMap(({ observedPodRange: range }) =>
    range === undefined || !cidr.contains(range) ? [] : [(range.first.value - cidr.first.value) / size],
  );
}

/** The highest range that a node was seen with; undefined unless the spec says it of every node. */
function highestSeen(spec: Cluster, cidr: Prefix): bigint | undefined {
  const seen = rangesSeen(spec, cidr);
  return seen.length < Object.keys(spec.nodes).length ? undefined : seen.reduce((a, b) => (b > a ? b : a), 0n);
}

const least = (a: bigint, b: bigint) => (a < b ? a : b);

function between(first: bigint, end: bigint): bigint[] {
  return Array.from({ length: Number(end - first) }, (_, i) => first + BigInt(i));
}

/** Without a tunnel a node's packets to pods bear its address on the node network. */
export function untunnelledAddresses(spec: Cluster): AddressSet {
  return nodeAddresses(spec, 'all', spec.k3s.nodeNetwork);
}

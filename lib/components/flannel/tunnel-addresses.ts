import { AddressSet } from '../../net/address-set';
import type { Address } from '../../net/address';
import type { Prefix } from '../../net/prefix';
import { K3S } from '../../net/well-known';
import { nodeAddresses } from '../../plan/nodes';
import { oncePer } from '../../plan/once';
import { podFamilies } from '../../plan/underlay';
import type { Cluster } from '../../spec/cluster';
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
 * pods takes the second and they what follows. Where nodes were seen with ranges beyond that it is the whole range.
 * Source: flannel backend/vxlan/vxlan.go and backend/wireguard, which put the subnet's own address on the device.
 */
export const tunnelAddresses = oncePer(
  (spec: Cluster): AddressSet => AddressSet.of(...spec.k3s.clusterCidrs.flatMap((cidr) => firstsOf(spec, cidr))),
);

export function nodesKnown({ backend }: FlannelOptions, spec: Cluster): string {
  const apart = 'They do not tell one node from another, nor the processes of one.';
  if (backend === 'host-gw')
    return `Without a tunnel a node calls pods of other nodes under its own address on the node network: policies name these. ${apart}`;
  const all = tunnelAddresses(spec);
  const ranges = spec.k3s.clusterCidrs.join(' and ');
  const seen =
    'A node calls pods of other nodes under the address of its tunnel device: the first of the pod range that Kubernetes gave it, which is known at run time alone.';
  if (spec.k3s.clusterCidrs.some((cidr) => all.contains(cidr)))
    return `${seen} ${ranges} holds more such ranges than a policy can list, **so where a node may call, every pod may**; a smaller pod range would close that. ${apart}`;
  const family = podFamilies(spec).find((one) => lastSeen(spec, one) !== undefined);
  if (family !== undefined)
    return `${seen} The node’s own address would let nothing through, and the range of all pods every pod. So policies name the first address of each of the first ${String(all.family(family).size)} ranges of ${ranges}: of those up to the highest that a node was seen with (\`observedPodRange\`), and of the ${String(SPARE_RANGES)} after it, which Kubernetes gives to nodes that join next. No pod ever has one of them. Once a node has joined, state its range: \`kubectl get nodes -o custom-columns=NODE:.metadata.name,RANGE:.spec.podCIDR\` shows it. ${apart}`;
  return `${seen} The node’s own address would let nothing through, and the range of all pods every pod. So policies name the first address of each of the ${isWide(spec) ? 'first ' : ''}${String(all.size)} ranges that ${ranges} can be divided into${isWide(spec) ? ', which Kubernetes gives out in order' : ''}: no pod ever has one of them. Where every node's \`observedPodRange\` is stated, policies name a few instead. ${apart}`;
}

function firstsOf(spec: Cluster, cidr: Prefix): (Address | Prefix)[] {
  const ranges = rangesFrom(cidr, possibleRanges(spec, cidr), lastSeen(spec, cidr.family));
  return ranges > MOST_RANGES ? [cidr] : [...firsts(cidr, nodeRangeLength(spec, cidr), ranges)];
}

const isWide = (spec: Cluster) => spec.k3s.clusterCidrs.some((cidr) => possibleRanges(spec, cidr) > MOST_RANGES);

const possibleRanges = (spec: Cluster, cidr: Prefix) => 1n << BigInt(nodeRangeLength(spec, cidr) - cidr.length);

const nodeRangeLength = (spec: Cluster, cidr: Prefix) => Math.max(nodeMaskBits(spec, cidr.family), cidr.length);

/** How many ranges of a cluster's range nodes may have, counted from its beginning. */
function rangesFrom(cidr: Prefix, possible: bigint, last: Prefix | undefined): bigint {
  if (last === undefined || !cidr.contains(last)) return possible < MOST_RANGES ? possible : MOST_RANGES;
  const wanted = (last.first.value - cidr.first.value) / (cidr.size / possible) + 1n + SPARE_RANGES;
  return wanted < possible ? wanted : possible;
}

function* firsts(cidr: Prefix, length: number, count: bigint): Generator<Address> {
  for (const { first } of cidr.subnets(length)) {
    if (count-- === 0n) return;
    yield first;
  }
}

/** The highest range that a node was seen with; undefined unless the spec says it of every node. */
function lastSeen({ nodes }: Cluster, family: 4 | 6): Prefix | undefined {
  const seen = Object.values(nodes).map(({ observedPodRange }) => observedPodRange);
  const known = seen.filter((range) => range?.family === family);
  if (known.length < seen.length) return undefined;
  return known.reduce((a, b) => (a !== undefined && b !== undefined && b.first.value > a.first.value ? b : a));
}

/** Without a tunnel a node's packets to pods bear its address on the node network. */
export function untunnelledAddresses(spec: Cluster): AddressSet {
  return nodeAddresses(spec, 'all', spec.k3s.nodeNetwork);
}

/** Length of a node's pod range: what the spec gives the controller, else its default. */
function nodeMaskBits({ k3s }: Cluster, family: 4 | 6): number {
  const given = [k3s.extraFlags.server['kube-controller-manager-arg']].flat().map(String);
  const asked = given
    .map((text) => /^node-cidr-mask-size(?:-ipv([46]))?=(\d+)$/.exec(text))
    .find((match) => match !== null && Number(match[1] ?? 4) === family)?.[2];
  if (asked !== undefined) return Number(asked);
  return family === 4 ? K3S.nodeCidrMaskBits : K3S.nodeCidrMaskBits6;
}

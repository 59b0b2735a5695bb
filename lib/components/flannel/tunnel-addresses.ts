import { AddressSet } from '../../net/address-set';
import type { Address } from '../../net/address';
import type { Prefix } from '../../net/prefix';
import { K3S } from '../../net/well-known';
import { nodeAddresses } from '../../plan/nodes';
import { oncePer } from '../../plan/once';
import type { Cluster } from '../../spec/cluster';
import type { FlannelOptions } from './options';

/** As many ranges as Kubernetes keeps count of in a usual cluster range; more would make a list that nobody reads. */
const MOST_RANGES = 1024n;

/**
 * Addresses that Flannel's tunnel device may have on some node: the first of each range that Kubernetes may give a node.
 * Which node has which is known at run time alone. No pod ever has one of them, as the device that serves pods takes the
 * second and they what follows. Where there are too many to write down it is the whole range.
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
  return `${seen} The node’s own address would let nothing through, and the range of all pods every pod. So policies name the first address of each of the ${String(all.size)} ranges that ${ranges} can be divided into: no pod ever has one of them. ${apart}`;
}

function firstsOf(spec: Cluster, cidr: Prefix): (Address | Prefix)[] {
  const length = Math.max(nodeMaskBits(spec, cidr.family), cidr.length);
  if (1n << BigInt(length - cidr.length) > MOST_RANGES) return [cidr];
  return [...cidr.subnets(length)].map(({ first }) => first);
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

import { AddressSet } from '../../net/address-set';
import type { Prefix } from '../../net/prefix';
import { PODS, type Claim } from '../../plan/claim';
import { podFamilies } from '../../plan/cluster-ranges';
import { nodeAddresses } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import { encapsulationOf, isBare } from './encapsulation';
import type { CalicoOptions } from './options';

/**
 * Ranges from which nodes take the addresses of their tunnel devices, and pods none. Out of the pods' own range a node
 * would take any address that is free, and no policy could tell that node from a pod.
 */
export function tunnelPools(options: CalicoOptions, spec: Cluster): { prefix: Prefix; index: number }[] {
  const families = podFamilies(spec).filter((family) => hasDevice(options, family));
  return options.tunnelCidrs
    .map((prefix, index) => ({ prefix, index }))
    .filter(({ prefix }) => families.includes(prefix.family));
}

function hasDevice(options: CalicoOptions, family: 4 | 6): boolean {
  return options.wireguard || encapsulationOf(options).devices[family] !== undefined;
}

export function tunnelClaims(options: CalicoOptions, spec: Cluster): Claim[] {
  return tunnelPools(options, spec).map(({ prefix, index }) => ({
    owner: 'calico',
    purpose: 'addresses of nodes on their tunnel devices',
    network: PODS,
    addresses: AddressSet.of(prefix),
    source: ['cni', 'tunnelCidrs', index],
  }));
}

/** By a tunnel a node calls pods under its tunnel device's address, and without one under its own. */
export function nodesAppearAs(options: CalicoOptions, spec: Cluster): AddressSet {
  const tunnel = encapsulationOf(options);
  const pools = tunnelPools(options, spec);
  const families = podFamilies(spec);
  const inTunnel = families.flatMap((family) => {
    if (!hasDevice(options, family)) return [];
    const own = pools.filter(({ prefix }) => prefix.family === family).map(({ prefix }) => prefix);
    return own.length > 0 ? own : spec.k3s.clusterCidrs.filter((cidr) => cidr.family === family);
  });
  const bare = families.some((family) => isBare(tunnel, family));
  return AddressSet.of(...inTunnel).union(bare ? nodeAddresses(spec, 'all', spec.k3s.nodeNetwork) : AddressSet.empty);
}

export function nodesKnown(options: CalicoOptions, spec: Cluster): string {
  const apart = 'They do not tell one node from another, nor the processes of one.';
  const families = podFamilies(spec).filter((family) => hasDevice(options, family));
  const bare = podFamilies(spec).some((family) => isBare(encapsulationOf(options), family));
  const own = 'their own addresses on the node network';
  if (families.length === 0)
    return `Without a tunnel a node calls pods of other nodes under its own address: policies name ${own}. ${apart}`;
  const pools = tunnelPools(options, spec);
  if (families.some((family) => !pools.some(({ prefix }) => prefix.family === family)))
    return `A node calls pods of other nodes under the address of its tunnel device, which comes out of the pods’ own range: **where a node may call, every pod may**. \`cni.tunnelCidrs\` gives nodes a range of their own. ${apart}`;
  const from = `${pools.map(({ prefix }) => String(prefix)).join(' and ')}${bare ? `, and ${own}` : ''}`;
  return `A node calls pods of other nodes under the address of its tunnel device, which comes from a range that no pod draws from${bare ? ', or where they need no tunnel under its own' : ''}. So policies name ${from}: that admits every node and no pod. ${apart}`;
}

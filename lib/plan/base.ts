import type { Family } from '../net/address';
import { AddressSet } from '../net/address-set';
import type { Cluster } from '../spec/cluster';
import type { SpecPath } from '../spec/finding';
import { runsK3s } from '../spec/orchestrator';
import { sortedEntries } from '../text/compare';
import { PODS, SERVICES, type Claim } from './claim';
import { roleName } from './role';
import { workloadName } from './workload-name';

/** What the spec itself claims, before any component: its networks, its nodes, other people's addresses, K3s's ranges. */
export function baseClaims(spec: Cluster): Claim[] {
  return [...networkClaims(spec), ...nodeClaims(spec), ...rangeClaims(spec)];
}

function networkClaims(spec: Cluster): Claim[] {
  return sortedEntries(spec.networks).flatMap(([name, network]) => {
    if (network.kind === 'public') return [];
    const source = ['networks', name, 'prefix'];
    const claim = (owner: string, purpose: string, addresses: AddressSet, ...path: (string | number)[]): Claim => ({
      owner,
      purpose,
      network: name,
      addresses,
      source: ['networks', name, ...path],
      within: source,
    });
    const claims: Claim[] = [
      {
        owner: name,
        purpose: network.purpose ?? `${network.kind} network`,
        network: name,
        addresses: AddressSet.of(network.prefix),
        source,
      },
    ];
    if ('gateway' in network && network.gateway)
      claims.push(claim(...gatewayOf(network.kind), AddressSet.of(network.gateway), 'gateway'));
    if ('dhcp' in network && network.dhcp) claims.push(claim('DHCP server', 'leases', network.dhcp, 'dhcp'));
    if ('reserved' in network) {
      network.reserved.forEach((other, i) =>
        claims.push(claim(other.owner, other.purpose, other.addresses, 'reserved', i, 'addresses')),
      );
    }
    return claims;
  });
}

/** Nobody's machine stands behind the gateway of a software-defined network. */
function gatewayOf(kind: Cluster['networks'][string]['kind']): [owner: string, purpose: string] {
  return kind === 'sdn' ? ['SDN', 'virtual gateway'] : ['router', 'gateway'];
}

function nodeClaims(spec: Cluster): Claim[] {
  return sortedEntries(spec.nodes).flatMap(([name, node]) =>
    sortedEntries(node.addresses).map(
      ([network, addresses]): Claim => ({
        owner: name,
        purpose: `${roleName(spec, node.role)} node`,
        network,
        addresses: AddressSet.of(...addresses),
        source: ['nodes', name, 'addresses', network],
        ...(spec.networks[network]?.kind === 'public' ? {} : { within: ['networks', network, 'prefix'] }),
      }),
    ),
  );
}

function rangeClaims(spec: Cluster): Claim[] {
  if (!runsK3s(spec)) return [];
  const pods = spec.k3s.clusterCidrs.map((cidr, i): Claim => {
    return {
      owner: 'k3s',
      purpose: 'pod addresses',
      network: PODS,
      addresses: AddressSet.of(cidr),
      source: ['k3s', 'clusterCidrs', i],
    };
  });
  const services = spec.k3s.serviceCidrs.map((cidr, i): Claim => {
    return {
      owner: 'k3s',
      purpose: 'Service addresses',
      network: SERVICES,
      addresses: AddressSet.of(cidr),
      source: ['k3s', 'serviceCidrs', i],
    };
  });
  const dns: Claim = {
    owner: 'coredns',
    purpose: 'cluster DNS',
    network: SERVICES,
    addresses: AddressSet.of(spec.k3s.clusterDns),
    source: ['k3s', 'clusterDns'],
    within: rangeOf(spec, 'serviceCidrs', spec.k3s.clusterDns.family),
  };
  return [...pods, ...observedPods(spec), ...services, dns, ...observedServices(spec)];
}

/** Where the range of a family is written. */
function rangeOf({ k3s }: Cluster, key: 'clusterCidrs' | 'serviceCidrs', family: Family): SpecPath {
  const range = k3s[key].findIndex((cidr) => cidr.family === family);
  return ['k3s', key, Math.max(range, 0)];
}

/** Kubernetes gives each node a range of its own, out of that of its family. */
function observedPods(spec: Cluster): Claim[] {
  return sortedEntries(spec.nodes).flatMap(([name, { observedPodRange: seen }]) => {
    if (seen === undefined) return [];
    return [
      {
        owner: name,
        purpose: 'its pods, as they were seen',
        network: PODS,
        addresses: AddressSet.of(seen),
        source: ['nodes', name, 'observedPodRange'],
        within: rangeOf(spec, 'clusterCidrs', seen.family),
      },
    ];
  });
}

/** Nothing is given such an address, and yet one that is wrong would mislead: it must lie in its range, once. */
function observedServices(spec: Cluster): Claim[] {
  return sortedEntries(spec.apps).flatMap(([name, { observedClusterIp: seen }]) => {
    if (seen === undefined) return [];
    return [
      {
        owner: workloadName(spec, name),
        purpose: 'its Service, as it was seen',
        network: SERVICES,
        addresses: AddressSet.of(seen),
        source: ['apps', name, 'observedClusterIp'],
        within: rangeOf(spec, 'serviceCidrs', seen.family),
      },
    ];
  });
}

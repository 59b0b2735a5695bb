import { AddressSet } from '../../net/address-set';
import type { Prefix } from '../../net/prefix';
import { OUTSIDE, PODS, SERVICES, type NetworkName } from '../../plan/claim';
import { podAddresses, serviceAddresses } from '../../plan/cluster-ranges';
import { virtualAddresses, type LoadBalancerService } from '../../plan/load-balancer';
import { poolsOf } from '../../plan/pool';
import { selectNodes } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import type { SpecPath } from '../../spec/finding';
import { sortedEntries } from '../../text/compare';
import { placeOf } from './names';
import type { TailscaleOptions } from './options';

/** One prefix that a connector advertises, and what lies in it. */
export interface Route {
  readonly connector: string;
  readonly prefix: Prefix;
  /** Whose addresses they are: the pods', the Services', one of the spec's networks, or anyone's. */
  readonly network: NetworkName;
  readonly reaches: readonly Reached[];
  readonly source: SpecPath;
}

/** Addresses of somebody's that are, or are not, in a route. */
export interface Reached {
  readonly kind: 'pods' | 'Services' | 'pool' | 'Service' | 'node' | 'other';
  readonly what: string;
  readonly addresses: AddressSet;
}

export function routesOf(options: TailscaleOptions, spec: Cluster): Route[] {
  return sortedEntries(options.connectors).flatMap(([connector, { routes }]) =>
    routes.map((prefix, i) => ({
      connector,
      prefix,
      network: networkOf(prefix, spec),
      reaches: known(spec).flatMap((one) => {
        const shared = one.addresses.intersection(prefix);
        return shared.isEmpty ? [] : [{ ...one, addresses: shared }];
      }),
      source: [...placeOf(spec), 'connectors', connector, 'routes', i],
    })),
  );
}

/** Addresses that a load balancer may give out and no route covers: devices of the tailnet do not find them. */
export function unreached(options: TailscaleOptions, spec: Cluster): Reached[] {
  const covered = AddressSet.of(...routesOf(options, spec).map(({ prefix }) => prefix));
  return pools(spec).flatMap((pool) => {
    const left = pool.addresses.difference(covered);
    return left.isEmpty ? [] : [{ ...pool, addresses: left }];
  });
}

/** Services whose addresses lie in a route, and what of the pools in it is pinned by none. */
export function answering(
  { prefix }: Pick<Route, 'prefix'>,
  spec: Cluster,
  services: readonly LoadBalancerService[],
): Reached[] {
  const found = services.flatMap((service): Reached[] => {
    const shared = virtualAddresses(spec, service)?.intersection(prefix);
    return shared === undefined || shared.isEmpty ? [] : [{ kind: 'Service', what: service.name, addresses: shared }];
  });
  const pooled = AddressSet.of(...pools(spec).map(({ addresses }) => addresses.intersection(prefix)));
  const left = found.reduce((all, { addresses }) => all.difference(addresses), pooled);
  return left.isEmpty ? found : [...found, { kind: 'pool', what: 'nobody yet', addresses: left }];
}

function networkOf(prefix: Prefix, spec: Cluster): NetworkName {
  const holds = (cidr: Prefix) => cidr.contains(prefix);
  if (spec.k3s.clusterCidrs.some(holds)) return PODS;
  if (spec.k3s.serviceCidrs.some(holds)) return SERVICES;
  const found = Object.entries(spec.networks).find(([, network]) => 'prefix' in network && holds(network.prefix));
  return found?.[0] ?? OUTSIDE;
}

function known(spec: Cluster): Reached[] {
  return [
    { kind: 'pods', what: 'pods', addresses: podAddresses(spec) },
    { kind: 'Services', what: 'Services', addresses: serviceAddresses(spec) },
    ...pools(spec),
    ...selectNodes(spec, 'all').map(
      (name): Reached => ({
        kind: 'node',
        what: `node ${name}`,
        addresses: AddressSet.of(...Object.values(spec.nodes[name]?.addresses ?? {}).flat()),
      }),
    ),
    ...sortedEntries(spec.networks).flatMap(([, network]) => others(network)),
  ];
}

/** Machines of a network that are none of the cluster's. */
function others(network: Cluster['networks'][string]): Reached[] {
  const other = (what: string, addresses: AddressSet): Reached => ({ kind: 'other', what, addresses });
  return [
    ...('gateway' in network && network.gateway ? [other('the router', AddressSet.of(network.gateway))] : []),
    ...('reserved' in network ? network.reserved.map(({ owner, addresses }) => other(owner, addresses)) : []),
  ];
}

function pools(spec: Cluster): Reached[] {
  return poolsOf(spec).map(({ name, addresses }) => ({ kind: 'pool', what: `pool ${name}`, addresses }));
}

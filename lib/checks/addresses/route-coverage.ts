import { AddressSet } from '../../net/address-set';
import { routesOf, type Route } from '../../components/tailscale/routes';
import { virtualAddresses } from '../../plan/load-balancer';
import { poolsOf } from '../../plan/pool';
import { addressesOf, selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import type { Finding, SpecPath } from '../../spec/finding';
import { listed, warns } from '../found';

/** What the routes of a tailnet are for, and where it is written. */
interface Target {
  readonly what: string;
  readonly addresses: AddressSet;
  /** Whether devices of the tailnet are told to call it, so that some route must lead there. */
  readonly isCalled: boolean;
  readonly at: SpecPath;
}

/** Routes that a subnet router advertises which end inside what they are for, or reach what they are not for. */
export function routeCoverage(plan: Plan): Finding[] {
  const { spec } = plan;
  return spec.tunnels.flatMap((tunnel) => {
    if (tunnel.kind !== 'tailscale') return [];
    const routes = routesOf(tunnel, spec);
    const covered = AddressSet.of(...routes.map(({ prefix }) => prefix));
    return [
      ...targets(plan, tunnel.network).flatMap((target) => partly(target, covered, routes)),
      ...routes.flatMap((route) => [...overOwnLan(plan, route), ...overOthers(plan, route)]),
    ];
  });
}

/** Ranges of which a part is of no use, and Services that devices of the tailnet may call. */
function targets({ spec, loadBalancers }: Plan, tailnet: string): Target[] {
  const ranges = (['clusterCidrs', 'serviceCidrs'] as const).flatMap((key) =>
    spec.k3s[key].map((range, i) => ({
      what: key === 'clusterCidrs' ? 'the pod range' : 'the Service range',
      addresses: AddressSet.of(range),
      isCalled: false,
      at: ['k3s', key, i],
    })),
  );
  const pools = poolsOf(spec).map(({ name, addresses, source }) => ({
    what: `pool ${name}`,
    addresses,
    isCalled: false,
    at: source,
  }));
  const called = loadBalancers.flatMap(({ name, allowFrom, source, ...service }) => {
    const isCalled = allowFrom.some((one) => one.kind === 'network' && one.network === tailnet);
    const addresses = virtualAddresses(spec, { name, ...service });
    if (!isCalled || addresses === undefined) return [];
    // Of a pool that is covered in part, the pool is reported.
    if (pools.some((pool) => pool.addresses.equals(addresses))) return [];
    return [{ what: `${name}, which devices of ${tailnet} may call,`, addresses, isCalled: true, at: source }];
  });
  return [...ranges, ...pools, ...called];
}

function partly({ what, addresses, isCalled, at }: Target, covered: AddressSet, routes: readonly Route[]): Finding[] {
  const left = addresses.difference(covered);
  const own = routes.filter(({ prefix }) => addresses.overlaps(prefix));
  if (left.isEmpty || (own.length === 0 && !isCalled)) return [];
  const some = own.map(({ prefix }) => String(prefix)).join(', ');
  return [
    warns('ROUTE_INCOMPLETE', {
      at: [...own.map(({ source }) => source), at],
      message:
        own.length === 0
          ? `${what} has ${addresses}, and no route leads there: the tailnet does not find it`
          : `${some} covers ${addresses.intersection(covered)} of ${what} (${addresses}); the tailnet does not find ${left}`,
      fix: `routes ${addresses.prefixes().join(', ')}`,
    }),
  ];
}

/** A device on the LAN that takes the tailnet's routes sends its neighbours' packets around by the router (tailscale#1164). */
function overOwnLan({ spec }: Plan, { prefix, connector, source }: Route): Finding[] {
  return Object.entries(spec.networks).flatMap(([name, network]) => {
    if (network.kind !== 'lan' || !prefix.contains(network.prefix)) return [];
    const nodes = selectNodes(spec, 'all').filter((node) => addressesOf(spec, node, name).length > 0);
    return [
      warns('ROUTE_TOO_WIDE', {
        at: [source, ['networks', name, 'prefix']],
        message: `${connector} advertises ${prefix}, all of ${name} (${network.prefix}) on which ${nodes.length} nodes are: a device that is at home and takes the tailnet's routes sends to its own neighbours by the tailnet`,
        fix: poolRoutes({ spec }, name) ?? `routes to single machines of ${name}`,
      }),
    ];
  });
}

/** Nodes, routers and other people's machines in a route that is smaller than their network. */
function overOthers({ spec }: Plan, { prefix, connector, network, reaches, source }: Route): Finding[] {
  const lan = spec.networks[network];
  if (lan?.kind !== 'lan' || prefix.contains(lan.prefix)) return [];
  const pools = reaches.filter(({ kind }) => kind === 'pool');
  const others = reaches.filter(({ kind }) => kind !== 'pool');
  // A route to a machine alone is meant for it.
  if (pools.length === 0 || others.length === 0) return [];
  const said = others.map(({ what, addresses }) => `${what} (${addresses})`);
  return [
    warns('ROUTE_TOO_WIDE', {
      at: [source],
      message: `${connector} advertises ${prefix} for ${listed(pools.map(({ what }) => what))}, and with it ${listed(said)}`,
      ...fixed(poolRoutes({ spec }, network)),
    }),
  ];
}

const fixed = (fix: string | undefined) => (fix === undefined ? {} : { fix });

function poolRoutes({ spec }: Pick<Plan, 'spec'>, network: string): string | undefined {
  const prefixes = poolsOf(spec)
    .filter((pool) => pool.network === network)
    .flatMap(({ addresses }) => addresses.prefixes().map(String));
  return prefixes.length === 0 ? undefined : `routes ${prefixes.join(', ')}`;
}

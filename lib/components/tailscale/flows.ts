import { AddressSet } from '../../net/address-set';
import { PortRange } from '../../net/port';
import { OUTSIDE, PODS, SERVICES } from '../../plan/claim';
import { ANY_POD, INTERNET, workload, type Endpoint, type WorkloadName } from '../../plan/endpoint';
import type { AddressKind, Flow } from '../../plan/flow';
import { virtualAddresses, type LoadBalancerService } from '../../plan/load-balancer';
import { poolsOf } from '../../plan/pool';
import { addressKind } from '../../plan/network-kind';
import { connectorOf } from '../../plan/tunnel';
import { wayOut } from '../../plan/way-out';
import type { Cluster } from '../../spec/cluster';
import { apiFlow } from '../api-flow';
import { operatorOf, placeOf } from './names';
import type { TailscaleOptions } from './options';
import { routesOf, type Route } from './routes';

type Declared = Omit<Flow, 'declaredBy'>;

/** Source: tailscale.com/docs, firewall ports. Its relays grow in number, so that they go by a pattern. */
const CONTROL: Endpoint = {
  kind: 'name',
  name: "Tailscale's control plane",
  fqdns: ['api.tailscale.com', 'controlplane.tailscale.com', 'log.tailscale.com', 'login.tailscale.com'],
};
const RELAYS: Endpoint = { kind: 'name', name: "Tailscale's relays", fqdns: ['*.tailscale.com'] };

/** What the operator and its connectors call, and what devices of the tailnet reach by them. */
export function tailscaleFlows(
  options: TailscaleOptions,
  spec: Cluster,
  services: readonly LoadBalancerService[],
): Declared[] {
  const source = placeOf(spec);
  const connectors = Object.keys(options.connectors).map((name) => connectorOf(options, name));
  const operator = operatorOf(options);
  const toApi = (name: WorkloadName, reason: string) => apiFlow(spec, { name, hostNetwork: false }, reason, source);
  return [
    toApi(operator, 'the operator watches its objects and makes the connectors’ pods'),
    ...connectors.map((name) => toApi(name, 'a connector keeps its identity in a Secret')),
    // The operator is a device of the tailnet itself.
    ...[operator, ...connectors].flatMap((name) => toTailnet(name, source)),
    ...connectors.map((name) => fromDevices(name, options, spec)),
    ...routesOf(options, spec).flatMap((route) => [
      ...onward(route, options, spec),
      ...toServices(route, options, spec, services),
    ]),
    ...Object.entries(options.connectors).flatMap(([name, { exitNode }]) =>
      exitNode ? [exit(connectorOf(options, name), source)] : [],
    ),
  ];
}

function toTailnet(name: WorkloadName, source: Declared['source']): Declared[] {
  const call = (
    to: Endpoint,
    protocol: 'tcp' | 'udp',
    port: number | undefined,
    more: Partial<Declared>,
    reason: string,
  ): Declared => ({
    from: workload(name),
    to,
    protocol,
    ...(port === undefined ? {} : { port: { container: PortRange.of(port) } }),
    over: OUTSIDE,
    address: 'public',
    ...more,
    reason,
    source,
  });
  const tls = { encryptedBy: 'TLS' };
  const wireguard = { encryptedBy: 'WireGuard (Tailscale)' };
  return [
    call(CONTROL, 'tcp', 443, tls, 'keys, peers and policy of the tailnet'),
    call(RELAYS, 'tcp', 443, tls, 'packets for devices that cannot be reached directly (DERP)'),
    call(RELAYS, 'udp', 3478, {}, 'asks under which address it is seen from outside (STUN)'),
    // A device behind a router is found at whatever port the router gave it; 41641 is but the default without one.
    call(INTERNET, 'udp', undefined, wireguard, 'direct connections to devices of the tailnet'),
  ];
}

/** Inside the connections that the connector opened: nothing has to be let in for it. */
function fromDevices(name: WorkloadName, options: TailscaleOptions, spec: Cluster): Declared {
  const network = spec.networks[options.network];
  const addresses = network?.kind === 'tailnet' ? AddressSet.of(network.prefix) : AddressSet.empty;
  return {
    from: { kind: 'range', name: `devices on ${options.network}`, addresses },
    to: workload(name),
    protocol: 'any',
    grants: false,
    over: options.network,
    address: 'tailnet',
    reason: 'devices of the tailnet send what is for its routes to the connector',
    source: placeOf(spec),
  };
}

/** Addresses that balancers may give out are nobody's until a Service has one, and are never called by their network. */
function onward({ connector, prefix, network, source }: Route, options: TailscaleOptions, spec: Cluster): Declared[] {
  const inCluster = network === PODS || network === SERVICES;
  const pools = AddressSet.of(...poolsOf(spec).map(({ addresses }) => addresses));
  const addresses = AddressSet.of(prefix).difference(pools);
  if (addresses.isEmpty) return [];
  return [
    {
      from: workload(connectorOf(options, connector)),
      to: inCluster ? ANY_POD : { kind: 'range', name: String(addresses), addresses },
      protocol: 'any',
      over: inCluster ? PODS : network === OUTSIDE ? wayOut(spec) : network,
      address: kindOf(network, spec),
      reason: `devices of the tailnet reach ${prefix}, as far as its policy lets them`,
      source,
    },
  ];
}

/**
 * Services in a route that anyone may call. The connector's own node translates their addresses, so that its call goes
 * on to a pod. A Service that names the tailnet among its callers declares those calls itself.
 */
function toServices(
  { connector, prefix, source }: Route,
  options: TailscaleOptions,
  spec: Cluster,
  services: readonly LoadBalancerService[],
): Declared[] {
  return services.flatMap((service) => {
    const dialled = virtualAddresses(spec, service)?.intersection(prefix);
    const named = service.allowFrom.some((one) => one.kind === 'network' && one.network === options.network);
    const open = service.allowFrom.some(({ kind }) => kind === 'anywhere');
    if (dialled === undefined || dialled.isEmpty || named || !open) return [];
    return service.ports.map(
      ({ protocol, service: port, container, encryptedBy }): Declared => ({
        from: workload(connectorOf(options, connector)),
        to: workload(service.workload),
        protocol,
        port: { container, service: port },
        over: PODS,
        address: 'vip',
        dialled,
        ...(encryptedBy === undefined ? {} : { encryptedBy }),
        reason: `devices of the tailnet call ${service.name}, which anyone may`,
        source,
      }),
    );
  });
}

function kindOf(network: Route['network'], spec: Cluster): AddressKind {
  if (network === PODS) return 'pod';
  if (network === SERVICES) return 'service';
  return addressKind(spec, network === OUTSIDE ? wayOut(spec) : network);
}

function exit(name: WorkloadName, source: Declared['source']): Declared {
  return {
    from: workload(name),
    to: INTERNET,
    protocol: 'any',
    over: OUTSIDE,
    address: 'public',
    reason: 'devices of the tailnet use it as their way to the internet',
    source,
  };
}

import { Address } from '../../lib/net/address';
import type { AddressSet } from '../../lib/net/address-set';
import { LINK_LOCAL } from '../../lib/net/well-known';
import { selectNodes, nodeOf } from '../../lib/plan/nodes';
import { arrivals, type Arrival } from '../../lib/plan/seen-as';
import type { Packet } from './packet';
import type { Probe } from './probe';
import type { Random } from './random';
import { balancedAddresses, CAST, podAddresses, SERVICE_ADDRESSES } from './cast';
import type { Stage } from './stage';
import { linkLocal } from './wiring';

const FAMILIES = [4, 6] as const;

/** A packet for each arrival of the plan: by each of its devices, from each end of its sources, to each end of its ports. */
export function declaredProbes(stage: Stage, random: Random): Probe[] {
  return arrivals(stage.plan, stage.name).flatMap((arrival) =>
    arrival.devices.flatMap((device) =>
      FAMILIES.flatMap((family) => {
        const destination = destinationOf(arrival, device, family, stage);
        if (destination === undefined || !speaks(arrival, family)) return [];
        return sourcesOf(arrival, device, family, stage).flatMap((source) =>
          packetsOf(arrival, source, destination, random).map((packet) => ({ device, packet })),
        );
      }),
    ),
  );
}

function speaks({ protocol }: Arrival, family: 4 | 6): boolean {
  return protocol === 'icmp' || protocol === 'ipip' ? family === 4 : protocol === 'icmpv6' ? family === 6 : true;
}

function sourcesOf({ sources }: Arrival, device: string, family: 4 | 6, stage: Stage): Address[] {
  if (sources !== undefined)
    return sources
      .family(family)
      .ranges()
      .flatMap((range) => {
        // The ends of a whole family are no addresses that the kernel takes for a sender's.
        if (range.asPrefix()?.length === 0) return [family === 4 ? CAST.internet4 : CAST.internet6];
        return range.first.equals(range.last) ? [range.first] : [range.first, range.last];
      });
  if (!stage.plan.podNetwork.podDevices.includes(device)) return [family === 4 ? CAST.internet4 : CAST.internet6];
  return podAddresses(stage.plan).flatMap((pods) => (pods.family === family ? [pods.first] : []));
}

function destinationOf(
  { destinations, flow }: Arrival,
  device: string,
  family: 4 | 6,
  stage: Stage,
): Address | undefined {
  if (destinations !== undefined)
    return (
      destinations.family(family).intersection(stage.own).ranges()[0]?.first ??
      destinations.family(family).ranges()[0]?.first
    );
  if (family === 6) return flow.address === 'link-local' ? linkLocal(stage.wire(device)) : CAST.unnamed6;
  const node = nodeOf(stage.plan.spec, stage.name);
  return Object.values(node.addresses)
    .flat()
    .find((address) => address.family === 4);
}

function packetsOf({ protocol, port, flow }: Arrival, source: Address, destination: Address, random: Random): Packet[] {
  const packet = () => ({ source, destination, sourcePort: 1024 + random.number(60000) });
  if (flow.icmpTypes !== undefined) return flow.icmpTypes.map((icmpType) => ({ ...packet(), protocol, icmpType }));
  if (protocol === 'any')
    return (['tcp', 'udp', 'sctp'] as const).map((one) => ({
      ...packet(),
      protocol: one,
      port: 1 + random.number(65535),
    }));
  if (port === undefined) return [{ ...packet(), protocol }];
  return [...new Set([port.first, port.last])].map((one) => ({ ...packet(), protocol, port: one }));
}

const PROTOCOLS = ['tcp', 'udp', 'tcp', 'udp', 'tcp', 'udp', 'sctp', 'icmp', 'esp', 'ipip', 'gre'] as const;

/** Ports that somebody in a cluster uses; half of the draws are any port. */
export const PORTS = [
  22, 53, 68, 80, 443, 2379, 2380, 2381, 4240, 5353, 6443, 6444, 7946, 8000, 8080, 8472, 9100, 10250, 10256, 30080,
  32767, 51820, 51821,
];

/** Anything from anyone to anywhere by any device. */
export function drawProbe(stage: Stage, random: Random): Probe {
  const family = random.pick(FAMILIES);
  const { device } = random.pick(stage.wires);
  const destination = random.pick(places(stage, family, device));
  // A link-local address is heard on its link alone, and no router passes it on.
  const source = random.pick(
    callers(stage, family).filter((one) => !LINK_LOCAL.contains(one) || stage.own.contains(destination)),
  );
  const drawn = random.pick(PROTOCOLS);
  const packet = { source, destination, sourcePort: 1024 + random.number(60000) };
  if (drawn === 'icmp') {
    const [protocol, types] = family === 4 ? (['icmp', ICMP] as const) : (['icmpv6', ICMPV6] as const);
    return { device, packet: { ...packet, protocol, icmpType: random.pick(types) } };
  }
  if (drawn === 'esp' || drawn === 'ipip' || drawn === 'gre') return { device, packet: { ...packet, protocol: drawn } };
  const port = random.number(2) === 0 ? random.pick(PORTS) : 1 + random.number(65535);
  return { device, packet: { ...packet, protocol: drawn, port } };
}

const ICMP = ['echo-request', 'destination-unreachable', 'redirect'];
const ICMPV6 = ['echo-request', 'packet-too-big', 'nd-neighbor-solicit', 'nd-redirect', 'nd-router-advert'];

function callers(stage: Stage, family: 4 | 6): Address[] {
  const nodes = selectNodes(stage.plan.spec, 'all')
    .filter((name) => name !== stage.name)
    .flatMap((name) => Object.values(nodeOf(stage.plan.spec, name).addresses).flat());
  const pods = podAddresses(stage.plan).flatMap(({ first, far }) => [first, far]);
  const strangers = ['104.16.0.7', '162.158.1.1', '192.168.50.99', '100.64.1.1', '2606:4700::7', 'fe80::99'].map(
    (text) => Address.parse(text),
  );
  return [...nodes, ...pods, ...strangers, CAST.internet4, CAST.internet6, CAST.container].filter(
    (address) => address.family === family,
  );
}

function places(stage: Stage, family: 4 | 6, device: string): Address[] {
  const pods = podAddresses(stage.plan).flatMap(({ first, second, far }) => [first, second, far]);
  const here = linkLocal(stage.wire(device));
  const own = addressesOf(stage.own).filter((address) => !LINK_LOCAL.contains(address) || address.equals(here));
  const crowds = ['224.0.0.1', '255.255.255.255', 'ff02::1'].map((text) => Address.parse(text));
  // Most draws meet the node itself, which is what its firewall is about.
  return [...own, ...own, ...pods, ...crowds, ...SERVICE_ADDRESSES, ...balancedAddresses(stage.plan)].filter(
    (address) => address.family === family,
  );
}

function addressesOf(set: AddressSet): Address[] {
  return set.ranges().flatMap(({ first, last }) => (first.equals(last) ? [first] : [first, last]));
}

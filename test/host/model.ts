import { AddressSet } from '../../lib/net/address-set';
import { nodeAddresses } from '../../lib/plan/nodes';
import { arrivals, type Arrival } from '../../lib/plan/seen-as';
import { judged, podsOf, type Probe } from './probe';
import { isNamed, type Stage } from './stage';

/** Whether the plan lets a packet in, reckoned from its flows alone and not from any rule. */
export function isDeclared(probe: Probe, stage: Stage): boolean {
  const { plan, name } = stage;
  const { source, destination } = probe.packet;
  const pods = podsOf(plan);
  if ((pods.contains(source) || pods.contains(destination)) && !isPodEntrance(probe, stage)) return false;
  const services = AddressSet.of(...plan.spec.k3s.serviceCidrs);
  if (services.contains(destination) && !plan.podNetwork.podDevices.includes(probe.device)) return false;
  if (!judged(stage).contains(destination)) return true;
  return arrivals(plan, name).some((arrival) => covers(arrival, probe));
}

function isPodEntrance({ device, packet }: Probe, { plan }: Stage): boolean {
  const { podDevices, tunnelDevices, underlay, encapsulation } = plan.podNetwork;
  if ([...podDevices, ...tunnelDevices].includes(device)) return true;
  if (encapsulation !== 'none' || device !== plan.spec.networks[underlay]?.interface) return false;
  const senders = podsOf(plan).union(nodeAddresses(plan.spec, 'all', underlay));
  return senders.contains(packet.source) && podsOf(plan).contains(packet.destination);
}

function covers(arrival: Arrival, { device, packet }: Probe): boolean {
  const { devices, sources, destinations, protocol, port, flow } = arrival;
  if (!devices.some((name) => isNamed(device, name))) return false;
  if (sources?.contains(packet.source) === false || destinations?.contains(packet.destination) === false) return false;
  // Errors about connections that nobody has are no part of any flow but one that names them.
  if (protocol === 'any') return !ICMP_ERRORS.has(packet.icmpType ?? '');
  if (protocol !== packet.protocol) return false;
  // IPv4 inside IPv4: inside IPv6 it is another protocol of the same number.
  if (protocol === 'ipip' && packet.destination.family === 6) return false;
  if (flow.icmpTypes !== undefined && !flow.icmpTypes.includes(packet.icmpType ?? '')) return false;
  return port === undefined || (packet.port !== undefined && port.contains(packet.port));
}

const ICMP_ERRORS = new Set([
  'destination-unreachable',
  'time-exceeded',
  'parameter-problem',
  'redirect',
  'packet-too-big',
]);

import { icmpNumber } from '../net/well-known-icmp';
import type { PortRange } from '../net/port';
import { firstPort, type Flow } from '../plan/flow';
import { Traffic } from '../reach/traffic';

/** Numbers of IP protocols without ports. Source: IANA, protocol numbers. */
const NUMBERS = { esp: 50, ipip: 4 } as const;

/** What a flow is to an engine at the pod it goes to: Services and virtual addresses are resolved by then. */
export function trafficToPods(flow: Flow): Traffic {
  return trafficOf(flow, firstPort(flow));
}

/** The same at a node it goes to. */
export function trafficToNodes(flow: Flow): Traffic {
  return trafficOf(flow, flow.port?.host ?? flow.port?.container);
}

/** The same at a port that is given. */
export function trafficOf(
  { protocol, icmpTypes }: Pick<Flow, 'protocol' | 'icmpTypes'>,
  port: PortRange | undefined,
): Traffic {
  switch (protocol) {
    case 'any':
      return Traffic.all;
    case 'esp':
    case 'ipip':
      return Traffic.number(NUMBERS[protocol]);
    case 'icmp':
    case 'icmpv6':
      return icmpTypes === undefined
        ? Traffic.of(protocol)
        : Traffic.union(icmpTypes.map((name) => Traffic.range(protocol, icmpNumber(protocol, name))));
    default:
      return port === undefined ? Traffic.of(protocol) : Traffic.range(protocol, port.first, port.last);
  }
}

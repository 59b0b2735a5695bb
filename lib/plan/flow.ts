import type { AddressSet } from '../net/address-set';
import type { PortRange } from '../net/port';
import type { SpecPath } from '../spec/finding';
import type { NetworkName } from './claim';
import { printEndpoint, type Endpoint } from './endpoint';

export type Protocol = 'tcp' | 'udp' | 'sctp' | 'icmp' | 'icmpv6' | 'esp' | 'ipip' | 'any';

/** The numbers one port goes by: what the process binds, what clients of a Service dial, what clients of the host dial. */
export interface PortNumbers {
  readonly container: PortRange;
  readonly service?: PortRange;
  readonly host?: PortRange;
}

/** Which of the peer's addresses a client dials. */
export type AddressKind = 'public' | 'overlay' | 'lan' | 'sdn' | 'tailnet' | 'pod' | 'service' | 'vip' | 'link-local';

/** Someone who talks to someone. Firewall rules, policies and the document are read from these and from nothing else. */
export interface Flow {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly protocol: Protocol;
  /** Destination port. Absent: every port of the protocol, or a protocol without ports. */
  readonly port?: PortNumbers;
  /** The network on which it arrives. */
  readonly over: NetworkName;
  readonly address: AddressKind;
  /** Addresses that are dialled where they are not the peer's own: virtual addresses of a load balancer. */
  readonly dialled?: AddressSet;
  /** Message types, for icmp and icmpv6 alone: nftables' names. */
  readonly icmpTypes?: readonly string[];
  /** What protects it on the wire by itself, such as TLS. Absent: nothing but what carries it. */
  readonly encryptedBy?: string;
  /** Why it exists, in a sentence; it stands beside every rule that lets it through. */
  readonly reason: string;
  /** The component that declares it. */
  readonly declaredBy: string;
  readonly source: SpecPath;
}

/** The port a client of this flow dials. */
export function dialledPort(flow: Flow): PortRange | undefined {
  const port = flow.port;
  if (port === undefined) return undefined;
  if (flow.address === 'service' || flow.address === 'vip') return port.service ?? port.container;
  if (flow.address === 'pod') return port.container;
  return port.host ?? port.container;
}

export function printPort(flow: Flow): string {
  if (flow.icmpTypes !== undefined) return flow.icmpTypes.join(', ');
  const port = dialledPort(flow);
  if (port === undefined) return flow.protocol;
  const inner = flow.port?.container.equals(port) === false ? ` → ${flow.port.container}` : '';
  return `${port}${inner}/${flow.protocol}`;
}

/** Sorts flows the same way whatever the order of their declaration. */
export function flowKey(flow: Flow): string {
  const { declaredBy, from, to, protocol, over, address, reason } = flow;
  const port = flow.port?.container.first ?? 0;
  return [
    declaredBy,
    printEndpoint(from),
    printEndpoint(to),
    protocol,
    String(port).padStart(5, '0'),
    over,
    address,
    reason,
  ].join('\u0000');
}

import type { AddressSet } from '../net/address-set';
import type { PortRange } from '../net/port';
import type { SpecPath } from '../spec/finding';
import type { NetworkName } from './claim';
import { printEndpoint, workload, type Endpoint, type WorkloadName } from './endpoint';

export type Protocol = 'tcp' | 'udp' | 'sctp' | 'icmp' | 'icmpv6' | 'esp' | 'ipip' | 'any';

/** The numbers one port goes by: what the process binds, what clients of a Service dial, what clients of the host dial. */
export interface PortNumbers {
  readonly container: PortRange;
  readonly service?: PortRange;
  readonly host?: PortRange;
}

/** Which of the peer's addresses a client dials. */
export type AddressKind = 'public' | 'overlay' | 'lan' | 'sdn' | 'tailnet' | 'pod' | 'service' | 'vip' | 'link-local';

/** How the document writes it. */
export function kindWord(kind: AddressKind): string {
  return kind.toUpperCase();
}

/** Requests by method and path, as far as they are known beforehand. */
export interface HttpRequest {
  /** Such as `GET`. Absent: any. */
  readonly method?: string;
  /** A regular expression that matches the whole path. Absent: any. */
  readonly path?: string;
}

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
  /**
   * `false`: by itself it lets nobody talk to a pod. It carries packets that other flows speak of, comes inside a
   * connection that the pod itself opened, or is a link's own affair. Policies pass it by. @default true
   */
  readonly grants?: false;
  /** Pods that take it in first and call on: theirs is the port that is dialled, and the next call a flow of its own. */
  readonly via?: WorkloadName;
  /** Both ends are on one node, as with a kubelet's probes. @default false */
  readonly sameNode?: true;
  /** Requests it is meant for, of any of these; what else comes by the same port is not. Absent: everything. */
  readonly http?: readonly HttpRequest[];
  /** Devices by which it enters a node, where these are not those of its network: Docker's bridges. */
  readonly devices?: readonly string[];
  /** Settings that name the address which is dialled, as they are written: `server: https://10.10.0.1:6443`. @default none */
  readonly setBy?: readonly string[];
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

/** Where a call arrives first: at its end, or at those who take it in and call on. */
export function firstEnd({ to, via }: Pick<Flow, 'to' | 'via'>): Endpoint {
  return via === undefined ? to : workload(via);
}

/** The port that pods there bind: their own, or, of those who call on, the one that is dialled. */
export function firstPort({ port, via }: Pick<Flow, 'port' | 'via'>): PortRange | undefined {
  return via === undefined ? port?.container : (port?.service ?? port?.container);
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

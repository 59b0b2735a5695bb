import { AddressSet } from '../../net/address-set';
import { PortRange } from '../../net/port';
import { anywhere4, LINK_LOCAL } from '../../net/well-known';
import { nodes, type Endpoint } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { nodesSpeakIpv6 } from '../../plan/ipv6';
import { addressKind } from '../../plan/network-kind';
import type { Cluster } from '../../spec/cluster';

type Declared = Omit<Flow, 'declaredBy'>;

/** A DHCPv4 server answers from an address that the client does not know yet. Source: RFC 2131, section 4.1. */
const SERVERS4: Endpoint = { kind: 'range', name: 'DHCP servers', addresses: AddressSet.of(anywhere4) };
/** A DHCPv6 server, or its relay, is on the link. Source: RFC 8415, sections 7.2 and 18.3.10. */
const SERVERS6: Endpoint = { kind: 'range', name: 'DHCPv6 servers', addresses: LINK_LOCAL.family(6) };

/** Answers to a DHCP client: it asked everyone and not the one who answers, so a firewall sees no reply in them. */
export function leaseFlows(spec: Cluster): Declared[] {
  return Object.entries(spec.networks).flatMap(([name, network]) => {
    if (!('addressing' in network) || network.addressing !== 'dhcp') return [];
    const lease = (from: Endpoint, port: number, rest: Pick<Flow, 'address' | 'reason'>): Declared => ({
      ...rest,
      from,
      to: nodes('all'),
      protocol: 'udp',
      port: { container: PortRange.of(port), host: PortRange.of(port) },
      over: name,
      source: ['networks', name, 'addressing'],
    });
    return [
      lease(SERVERS4, 68, { address: addressKind(spec, name), reason: "the node's address lease (DHCP)" }),
      ...(nodesSpeakIpv6(spec)
        ? [lease(SERVERS6, 546, { address: 'link-local', reason: "the node's address lease (DHCPv6)" })]
        : []),
    ];
  });
}

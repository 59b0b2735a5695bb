import { INTERNET, nodes } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { addressKind } from '../../plan/network-kind';
import { nodesSpeakIpv6 } from '../../plan/ipv6';
import { hasNodes } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';

/** Errors about a node's own packets; without them path MTU discovery fails in silence. Source: RFC 4890 section 4.3, RFC 1812. */
const ERRORS4 = ['destination-unreachable', 'time-exceeded', 'parameter-problem'];
const ERRORS6 = ['destination-unreachable', 'packet-too-big', 'time-exceeded', 'parameter-problem'];
/** What IPv6 does instead of ARP, and how a host finds its router. Source: RFC 4861, RFC 4890 section 4.4. */
const NEIGHBOURS = ['nd-neighbor-solicit', 'nd-neighbor-advert', 'nd-router-advert', 'mld-listener-query'];

/** ICMP on every network that nodes are on; that of IPv6 where its packets get through at all. */
export function icmpFlows(spec: Cluster): Omit<Flow, 'declaredBy'>[] {
  const isWhole = nodesSpeakIpv6(spec);
  return Object.entries(spec.networks).flatMap(([name, network]) => {
    if (!hasNodes(spec, name)) return [];
    const on = { over: name, address: addressKind(spec, name), to: nodes('all'), from: INTERNET };
    const errors = 'errors about own packets, path MTU discovery among them';
    const source = ['networks', name];
    const flows: Omit<Flow, 'declaredBy'>[] = [
      { ...on, protocol: 'icmp', icmpTypes: ERRORS4, reason: errors, source },
      { ...on, protocol: 'icmpv6', icmpTypes: ERRORS6, reason: errors, source },
    ];
    if (network.kind === 'public' || network.kind === 'lan' || network.kind === 'sdn') {
      flows.push({
        ...on,
        address: 'link-local',
        protocol: 'icmpv6',
        icmpTypes: NEIGHBOURS,
        reason: 'IPv6 neighbours and routers on the link',
        source,
      });
    }
    if (spec.firewall.answerPing) {
      const ping = {
        ...on,
        icmpTypes: ['echo-request'],
        reason: 'ping is answered',
        source: ['firewall', 'answerPing'],
      };
      flows.push({ ...ping, protocol: 'icmp' }, { ...ping, protocol: 'icmpv6' });
    }
    return isWhole ? flows : flows.filter(({ protocol }) => protocol !== 'icmpv6');
  });
}

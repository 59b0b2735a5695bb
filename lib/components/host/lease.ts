import { PortRange } from '../../net/port';
import { INTERNET, nodes } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { addressKind } from '../../plan/network-kind';
import type { Cluster } from '../../spec/cluster';

/** DHCP clients. Source: RFC 2131 section 4.1, RFC 8415 section 7.2. */
const DHCP4 = PortRange.of(68);
const DHCP6 = PortRange.of(546);

/** Answers to a DHCP client, which come from an address that the node did not ask and so are no replies to a firewall. */
export function leaseFlows(spec: Cluster): Omit<Flow, 'declaredBy'>[] {
  return Object.entries(spec.networks).flatMap(([name, network]) => {
    if (!('addressing' in network) || network.addressing !== 'dhcp') return [];
    return [DHCP4, DHCP6].map(
      (port): Omit<Flow, 'declaredBy'> => ({
        from: INTERNET,
        to: nodes('all'),
        protocol: 'udp',
        port: { container: port, host: port },
        over: name,
        address: port === DHCP6 ? 'link-local' : addressKind(spec, name),
        reason: `the node's address lease (${port === DHCP6 ? 'DHCPv6' : 'DHCP'})`,
        source: ['networks', name, 'addressing'],
      }),
    );
  });
}

import type { HostNeeds } from '../../plan/host-needs';
import { nodesSpeakIpv6 } from '../../plan/ipv6';
import type { Cluster } from '../../spec/cluster';

/**
 * Where IPv6 is dropped, the machine is told to do without it: else programs try it first and wait. `all` takes the
 * loopback device along, which Cilium does not guard, so it gets its own back. A node to which the spec gives an IPv6
 * address keeps its kernel's ways. Source: Linux Documentation/networking/ip-sysctl, disable_ipv6.
 */
export function hostNeeds(spec: Cluster, node: string): HostNeeds {
  const own = Object.values(spec.nodes[node]?.addresses ?? {}).flat();
  if (nodesSpeakIpv6(spec) || own.some(({ family }) => family === 6)) return {};
  const reason = "Cilium's host firewall drops all IPv6 of a node while Cilium's own IPv6 is off";
  return {
    sysctls: [
      { key: 'net.ipv6.conf.all.disable_ipv6', value: '1', reason },
      { key: 'net.ipv6.conf.default.disable_ipv6', value: '1', reason },
      {
        key: 'net.ipv6.conf.lo.disable_ipv6',
        value: '0',
        reason: 'programs of the machine may use the loopback address among themselves',
      },
    ],
  };
}

import type { HostNeeds } from '../plan/host-needs';
import type { Cluster } from '../spec/cluster';

/** Whether the spec gives a node an IPv6 address of its own. */
export function hasIpv6(spec: Cluster, node: string): boolean {
  const own = Object.values(spec.nodes[node]?.addresses ?? {}).flat();
  return own.some(({ family }) => family === 6);
}

/**
 * Turns IPv6 off on a node but for loopback, which `all` takes along and which gets its own back. A node to which the
 * spec gives an IPv6 address keeps its kernel's ways. Source: Linux Documentation/networking/ip-sysctl, disable_ipv6.
 */
export function withoutIpv6(spec: Cluster, node: string, reason: string): HostNeeds {
  if (hasIpv6(spec, node)) return {};
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

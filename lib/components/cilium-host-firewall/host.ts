import type { HostNeeds } from '../../plan/host-needs';
import { nodesSpeakIpv6 } from '../../plan/ipv6';
import type { Cluster } from '../../spec/cluster';
import { withoutIpv6 } from '../without-ipv6';

/** Where IPv6 is dropped, the machine is told to do without it: else programs try it first and wait. */
export function hostNeeds(spec: Cluster, node: string): HostNeeds {
  if (nodesSpeakIpv6(spec)) return {};
  return withoutIpv6(spec, node, "Cilium's host firewall drops all IPv6 of a node while Cilium's own IPv6 is off");
}

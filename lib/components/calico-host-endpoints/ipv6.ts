import { podFamilies } from '../../plan/cluster-ranges';
import type { Note } from '../../plan/declares';
import type { HostNeeds } from '../../plan/host-needs';
import { hostnameOf } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import { hasIpv6, withoutIpv6 } from '../without-ipv6';

/**
 * Whether Felix guards IPv6, too. The operator lets it only where pods have IPv6; elsewhere no rule of Calico's ever
 * reaches the kernel's IPv6. Source: tigera/operator, pkg/render/node.go, FELIX_IPV6SUPPORT.
 */
function guardsIpv6(spec: Cluster): boolean {
  return podFamilies(spec).includes(6);
}

/** What Calico does not guard is turned off, but for loopback. */
export function hostNeeds(spec: Cluster, node: string): HostNeeds {
  if (guardsIpv6(spec)) return {};
  return withoutIpv6(spec, node, 'without IPv6 pods Calico guards no IPv6, and the node would stand open by it');
}

export function ipv6Notes(spec: Cluster): Note[] {
  if (guardsIpv6(spec)) return [];
  const open = Object.keys(spec.nodes).filter((node) => hasIpv6(spec, node));
  const names = open.map((node) => `\`${hostnameOf(spec, node)}\``).join(', ');
  return [
    {
      section: 'firewall',
      title: 'IPv6 is not guarded',
      text: [
        'Pods have no IPv6, so the operator turns IPv6 off in Felix, and no policy of Calico’s holds for it.',
        'The kernel settings of nodes without an IPv6 address of their own turn IPv6 off on every device but loopback.',
        ...(open.length === 0
          ? []
          : [
              `**By their own IPv6 addresses these answer anyone, on every port: ${names}**; give pods an IPv6 range beside their own, take the addresses away, or guard the nodes by \`firewall\` in place of \`cni.hostEndpoints\`.`,
            ]),
      ].join(' '),
    },
  ];
}

import { podFamilies } from '../../plan/cluster-ranges';
import { hostFirewall } from '../../plan/host-firewall';
import { nodesSpeakIpv6 } from '../../plan/ipv6';
import type { Plan } from '../../plan/plan';
import type { Finding, SpecPath } from '../../spec/finding';
import { fails, listed } from '../found';

/**
 * Nodes with IPv6 addresses that are guarded by a pod network without IPv6: Cilium drops all of it, Calico guards none
 * of it. Source: Cilium issues 27484 and 33155; tigera/operator, pkg/render/node.go.
 */
export function ipv6Dropped(plan: Plan): Finding[] {
  const { spec } = plan;
  const guard = hostFirewall(plan);
  if (podFamilies(spec).includes(6)) return [];
  const isCalico = spec.cni.kind === 'calico' && guard === 'calico';
  if (nodesSpeakIpv6(spec) && !isCalico) return [];
  const places = Object.entries(spec.nodes).flatMap(([node, { addresses }]) =>
    Object.entries(addresses).flatMap(([network, own]) =>
      own.filter(({ family }) => family === 6).map((address) => ({ node, network, address })),
    ),
  );
  if (places.length === 0) return [];
  const said = listed(places.map(({ node, address }) => `${node} ${address}`));
  return [
    fails('IPV6_UNGUARDED', {
      at: [
        ...places.map(({ node, network }): SpecPath => ['nodes', node, 'addresses', network]),
        ['k3s', 'clusterCidrs'],
        ['cni'],
      ],
      message: isCalico
        ? `Calico guards the nodes, and without IPv6 pods no policy of its holds for IPv6: by these addresses anyone calls every port: ${said}`
        : `Cilium guards the nodes, and without IPv6 pods it drops every IPv6 packet of theirs, both ways: ${said} cannot be reached`,
      fix: 'IPv6 ranges in k3s.clusterCidrs and k3s.serviceCidrs, no IPv6 addresses, or another firewall',
    }),
  ];
}

import type { K3sFlag } from '../plan/host-needs';
import { cniRoutesServices } from '../plan/service-router';
import type { Cluster } from '../spec/cluster';

/**
 * In IPVS mode every node bears every Service's address on kube-ipvs0 and would answer ARP for it, whoever announces it.
 * Source: MetalLB docs, installation; kube-vip docs, usage with kube-proxy.
 */
export function strictArp(spec: Cluster, announcer: string): Omit<K3sFlag, 'owner'>[] {
  if (spec.k3s.proxy.mode !== 'ipvs' || cniRoutesServices(spec)) return [];
  return [
    {
      name: 'kube-proxy-arg',
      value: ['ipvs-strict-arp=true'],
      reason: `${announcer} answers ARP for LoadBalancer addresses, and no other node may, though IPVS gives them to each`,
    },
  ];
}

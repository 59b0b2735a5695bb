import type { Cluster } from '../spec/cluster';

/**
 * Whether IPv6 packets of the nodes themselves get through. Where Cilium guards the nodes and its IPv6 is off, which it
 * is without IPv6 pods, it drops them both ways before any policy is asked.
 * Source: Cilium issues 27484 and 33155, pull request 46473, CFP 47307.
 */
export function nodesSpeakIpv6({ cni, k3s }: Cluster): boolean {
  const guards = cni.kind === 'cilium' && cni.hostFirewall;
  return !guards || k3s.clusterCidrs.some(({ family }) => family === 6);
}

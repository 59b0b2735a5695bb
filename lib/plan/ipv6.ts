import type { Cluster } from '../spec/cluster';
import { podFamilies } from './cluster-ranges';

/**
 * Whether IPv6 packets of the nodes themselves get through. Where Cilium guards the nodes and its IPv6 is off, which it
 * is without IPv6 pods, it drops them both ways before any policy is asked.
 * Source: Cilium issues 27484 and 33155, pull request 46473, CFP 47307.
 */
export function nodesSpeakIpv6(spec: Cluster): boolean {
  const guards = spec.cni.kind === 'cilium' && spec.cni.hostFirewall;
  return !guards || podFamilies(spec).includes(6);
}

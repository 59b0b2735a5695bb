import type { Cluster } from '../../spec/cluster';

/** Whether strangers may be on a network. One that encrypts what it carries has no such setting, and has none. */
export function isUntrusted(spec: Cluster, network: string): boolean {
  const one = spec.networks[network];
  return one !== undefined && 'trusted' in one && !one.trusted;
}

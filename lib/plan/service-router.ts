import type { Cluster } from '../spec/cluster';

/** Whether the CNI routes Services in kube-proxy's place, so that no kube-proxy runs. */
export function cniRoutesServices({ cni }: Cluster): boolean {
  return cni.kind === 'cilium' && cni.kubeProxyReplacement;
}

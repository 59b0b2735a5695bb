/** The one process of K3s on a node: control plane, kubelet, kube-proxy, Flannel and its policy controller live and stop together. */
export const K3S_PROCESS = 'k3s';

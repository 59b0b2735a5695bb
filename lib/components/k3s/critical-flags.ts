/**
 * Flags that all servers must share: one with another value is refused by the others. Source: K3s docs, `k3s server`,
 * critical configuration values.
 */
export const CRITICAL_FLAGS = [
  'agent-token',
  'cluster-cidr',
  'cluster-dns',
  'cluster-domain',
  'disable-cloud-controller',
  'disable-helm-controller',
  'disable-kube-proxy',
  'disable-network-policy',
  'egress-selector-mode',
  'embedded-registry',
  'flannel-backend',
  'flannel-external-ip',
  'flannel-ipv6-masq',
  'secrets-encryption',
  'service-cidr',
] as const;

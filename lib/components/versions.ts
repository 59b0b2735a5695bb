/**
 * Every version that Wayleave pins, in one place. Renovate reads the comments.
 * What a component can do at one of these versions is checked against that version's own schema in `test/conformance`.
 */
export const VERSIONS = {
  // renovate: datasource=github-releases depName=k3s-io/k3s
  k3s: 'v1.34.6+k3s1',

  // Follows k3s above, which bundles it: no updates of its own. Source: charts in K3s's release v1.34.6+k3s1.
  traefikChart: '39.0.5',

  // renovate: datasource=helm registryUrl=https://traefik.github.io/charts depName=traefik
  traefikOwnChart: '41.3.0',

  // renovate: datasource=helm registryUrl=https://metallb.github.io/metallb depName=metallb
  metallbChart: '0.16.1',

  // renovate: datasource=docker depName=ghcr.io/kube-vip/kube-vip
  kubeVip: 'v1.2.3',

  // renovate: datasource=docker depName=ghcr.io/kube-vip/kube-vip-cloud-provider
  kubeVipCloudProvider: 'v0.0.12',

  // renovate: datasource=helm registryUrl=https://argoproj.github.io/argo-helm depName=argo-cd
  argocdChart: '10.4.0',

  // renovate: datasource=helm registryUrl=https://helm.cilium.io depName=cilium
  ciliumChart: '1.20.0',

  // For clusters that have not moved to the line above yet; patches of 1.18 alone, by a rule of renovate.json.
  // renovate: datasource=helm registryUrl=https://helm.cilium.io depName=cilium-1.18 packageName=cilium
  ciliumChart118: '1.18.12',

  // The chart carries the operator's image (v1.43.0) and by it Calico's own release.
  // renovate: datasource=helm registryUrl=https://docs.tigera.io/calico/charts depName=tigera-operator
  tigeraOperatorChart: 'v3.32.1',

  // renovate: datasource=helm registryUrl=https://charts.jetstack.io depName=cert-manager
  certManagerChart: '1.21.1',

  // The chart carries the image below by the same number as its appVersion.
  // renovate: datasource=helm registryUrl=https://opensource.byjg.com/helm depName=easyhaproxy
  easyhaproxyChart: '2.0.2',

  // For Docker Swarm, where no chart brings it.
  // renovate: datasource=docker depName=byjg/easy-haproxy
  easyhaproxy: '6.0.1',

  // renovate: datasource=docker depName=4km3/dnsmasq versioning=regex:^(?<major>\d+)\.(?<minor>\d+)-r(?<patch>\d+)$
  dnsmasq: '2.90-r3',

  // renovate: datasource=docker depName=cloudflare/cloudflared
  cloudflared: '2026.9.3',

  // renovate: datasource=helm registryUrl=https://pkgs.tailscale.com/helmcharts depName=tailscale-operator
  tailscaleOperatorChart: '1.102.3',
} as const;

/**
 * Every version that Wayleave pins, in one place. Renovate reads the comments.
 * What a component can do at one of these versions is checked against that version's own schema in `test/conformance`.
 */
export const VERSIONS = {
  // renovate: datasource=github-releases depName=k3s-io/k3s
  k3s: 'v1.34.6+k3s1',

  // Follows k3s above, which bundles it: no updates of its own. Source: charts in K3s's release v1.34.6+k3s1.
  traefikChart: '39.0.5',

  // renovate: datasource=helm registryUrl=https://argoproj.github.io/argo-helm depName=argo-cd
  argocdChart: '10.4.0',
} as const;

/** A chart with its values: what Argo CD, or K3s before it, is to install. */
export interface HelmRelease {
  readonly owner: string;
  /** The release's name: K3s and Argo CD must call it the same, so that one can take it over from the other. */
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly repository: string;
  /** Exact. */
  readonly version: string;
  /** Hosts that serve the repository's index and the charts it points to. */
  readonly hosts: readonly string[];
  readonly values: HelmValues;
  /**
   * Set where it must run before Argo CD can: K3s installs it at the first start.
   * `network`: ordinary pods cannot start without it, so its installer runs on the host network and never uninstalls.
   */
  readonly bootstrap?: 'network' | 'first';
  /** How long K3s lets its hooks take, as Go writes it: `15m0s`. @default 5m0s (Helm) */
  readonly timeout?: string;
}

/** Plain data, as YAML holds it. */
export type HelmValue = string | number | boolean | null | readonly HelmValue[] | HelmValues;
export type HelmValues = { readonly [key: string]: HelmValue };

/** K3s's Helm controller installs a chart from a pod of this name. Source: k3s-io/helm-controller, pkg/controllers/chart. */
export function installerName(release: Pick<HelmRelease, 'name'>): string {
  return `kube-system/helm-install-${release.name}`;
}

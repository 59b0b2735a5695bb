/** The chart, and the release that K3s starts and Argo CD then takes over: both must call it the same. */
export const CHART = 'argo-cd';
export const CHART_REPOSITORY = 'https://argoproj.github.io/argo-helm';
export const RELEASE = 'argocd';

/** Where the chart is fetched: the index, and the releases on GitHub that the index points to. */
export const CHART_HOSTS = ['*.githubusercontent.com', 'argoproj.github.io', 'github.com'] as const;

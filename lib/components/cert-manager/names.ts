/** The chart's release. Its name and namespace are those that cert-manager's own documents use. */
export const RELEASE = 'cert-manager';
export const NAMESPACE = 'cert-manager';
export const CHART = 'cert-manager';
export const CHART_REPOSITORY = 'https://charts.jetstack.io';
export const CHART_HOSTS = ['charts.jetstack.io'] as const;

export const source = ['certificates'];

/** Architectures of machines, by Kubernetes' names for them. */
export const ARCHES = ['amd64', 'arm64'] as const;

/** Kinds that Argo CD does not look at. */
export type Exclusion = {
  readonly apiGroups: readonly string[];
  readonly kinds: readonly string[];
};

/**
 * Argo CD's own list but for EndpointSlice and Endpoints: with those on it, an EndpointSlice in git would be refused.
 * The list replaces the chart's, it is not added to it. Leases and Events are left out in any case, by code.
 * Source: argo-cd docs/operator-manual/upgrading/2.14-3.0.md; util/settings/resources_filter.go.
 */
export const EXCLUSIONS: readonly Exclusion[] = [
  { apiGroups: ['coordination.k8s.io'], kinds: ['Lease'] },
  {
    apiGroups: ['authentication.k8s.io', 'authorization.k8s.io'],
    kinds: [
      'LocalSubjectAccessReview',
      'SelfSubjectAccessReview',
      'SelfSubjectReview',
      'SelfSubjectRulesReview',
      'SubjectAccessReview',
      'TokenReview',
    ],
  },
  { apiGroups: ['certificates.k8s.io'], kinds: ['CertificateSigningRequest'] },
  { apiGroups: ['cert-manager.io'], kinds: ['CertificateRequest'] },
  { apiGroups: ['cilium.io'], kinds: ['CiliumEndpoint', 'CiliumEndpointSlice', 'CiliumIdentity'] },
];

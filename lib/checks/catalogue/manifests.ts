import type { Entry } from './entry';

const policy = (spec: readonly string[]) =>
  [
    'apiVersion: networking.k8s.io/v1',
    'kind: NetworkPolicy',
    'metadata: { name: web, namespace: shop }',
    'spec:',
    ...spec,
  ]
    .join('\n')
    .concat('\n');

/** What can be wrong with rendered manifests, whoever wrote them. */
export const MANIFEST_ENTRIES = {
  MANIFEST_NOT_UNDERSTOOD: {
    meaning:
      'Among the manifests are objects of a kind that could let traffic through or hold it up, and that Wayleave cannot read. Who reaches whom is answered as if they were not there.',
    example: {
      of: 'manifests',
      text: 'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: web, namespace: shop }\n',
    },
    fix: 'Judge those objects yourself, and read the answer as one that leaves them out.',
  },
  MANIFEST_UNREADABLE: {
    meaning: 'A manifest is broken: its YAML cannot be read, or a field has a value that the API server would refuse.',
    example: { of: 'manifests', text: 'apiVersion: v1\nkind: Service\nmetadata: { name: web\n' },
    fix: 'Mend the line that is named.',
  },
  POLICY_INVALID: {
    meaning: 'A network policy has a field that does not exist, or a value that the API server or the engine refuses.',
    example: {
      of: 'manifests',
      text: policy(['  podSelector: {}', '  ingress:', '    - ports: [{ port: 8080, protocol: HTTP }]']),
    },
    fix: 'Mend the field that is named; the policy is not applied until then.',
  },
  POLICY_WITHOUT_EFFECT: {
    meaning: 'A network policy is accepted and does not do what it seems to do.',
    example: {
      of: 'manifests',
      text: policy([
        '  podSelector: {}',
        '  policyTypes: [Ingress]',
        '  egress: [{ ports: [{ port: 53, protocol: UDP }] }]',
      ]),
    },
    fix: 'Change the field that is named, or take out the part that does nothing.',
    seen: [
      'kubernetes/website#54997',
      'cert-manager/cert-manager#2334',
      'cloudnativelabs/kube-router#332',
      'kubernetes/kubernetes#90590',
    ],
  },
} as const satisfies Readonly<Record<string, Entry>>;

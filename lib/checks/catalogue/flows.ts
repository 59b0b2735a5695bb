import type { Entry } from './entry';

const deny = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`;

const open = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: more, namespace: shop }
spec:
  podSelector: {}
  ingress: [{ ports: [{ port: 9090 }] }]
`;

/** What can be between the flows that are declared and the policies that are rendered. */
export const FLOW_ENTRIES = {
  FLOW_BLOCKED: {
    meaning:
      'A flow is declared, and the rendered policies do not let it through. The engine that reads manifests judges them: it knows nothing of how they were made.',
    example: { of: 'policies', text: deny },
    fix: 'Let the rule that is named allow it, or take the flow out; where Wayleave alone made the policies, report it.',
  },
  FLOW_UNDECLARED: {
    meaning:
      'The rendered policies let something through that no flow declares. Everything that may talk is declared, so that the document tells all of it.',
    example: { of: 'policies', text: open },
    fix: 'Declare the flow, or narrow the rule that is named; where Wayleave alone made the policies, report it.',
  },
  FLOW_WIDENED: {
    meaning:
      'A flow cannot be said to the policy engine as narrowly as it is declared: a NetworkPolicy knows neither DNS names nor HTTP, and no engine tells the processes of a node apart. More is let through, and this says what. It is a notice: the network is as good as its engine, nothing fails, and NETWORK.md lists it.',
    example: {
      of: 'spec',
      notices: true,
      text: `outside:
  mail: { names: [smtp.example.com] }
apps:
  web: { needs: [{ outside: mail, port: 587, reason: mail to customers }] }
`,
    },
    fix: 'Give the party addresses, take the pods off the host network, or choose Cilium, which knows names and requests; or live with it.',
  },
} as const satisfies Readonly<Record<string, Entry>>;

import { pod, policy, type Manifest, type Scenario } from './scenario';

type Spec = Readonly<Record<string, unknown>>;

const cilium = (spec: Spec, name = 'p'): Manifest => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata: { name, namespace: 'x' },
  spec: { endpointSelector: pod('a'), ...spec },
});
const clusterwide = (spec: Spec): Manifest => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumClusterwideNetworkPolicy',
  metadata: { name: 'c' },
  spec: { endpointSelector: {}, ...spec },
});
const b = { fromEndpoints: [pod('b')] };
const c = { fromEndpoints: [pod('c')] };
const port = (...ports: readonly string[]) => ({
  toPorts: [{ ports: ports.map((one) => ({ port: one, protocol: 'TCP' })) }],
});
const open = { enableDefaultDeny: { ingress: false } };
const one = (name: string, policies: readonly Manifest[], ...probes: Scenario['probes']): Scenario => ({
  name,
  policies,
  probes,
  engine: 'cilium',
});

/** What a deny rule does beside allow rules: of the same policy, of another kind, wider and narrower. */
export const CILIUM_DENY: readonly Scenario[] = [
  one('allow alone: everyone else is denied', [cilium({ ingress: [b] })], {
    traffic: 'tcp/80',
    closed: ['* → x/a'],
    open: ['x/b → x/a'],
  }),
  one('deny alone: it isolates too', [cilium({ ingressDeny: [b] })], { traffic: 'tcp/80', closed: ['* → x/a'] }),
  one('deny alone with enableDefaultDeny off: only what it names', [cilium({ ingressDeny: [b], ...open })], {
    traffic: 'tcp/80',
    closed: ['x/b → x/a'],
  }),
  one('deny and allow of the same peer: denied', [cilium({ ingress: [b], ingressDeny: [b] })], {
    traffic: 'tcp/80',
    closed: ['* → x/a'],
  }),
  one(
    'deny in one policy, allow in another: denied',
    [cilium({ ingress: [b, c] }, 'allow'), cilium({ ingressDeny: [c] }, 'deny')],
    { traffic: 'tcp/80', closed: ['* → x/a'], open: ['x/b → x/a'] },
  ),
  one(
    'deny of one port under an allow of all ports',
    [cilium({ ingress: [b], ingressDeny: [{ ...b, ...port('81') }] })],
    { traffic: 'tcp/80', closed: ['* → x/a'], open: ['x/b → x/a'] },
    { traffic: 'tcp/81', closed: ['* → x/a'] },
  ),
  one(
    'deny of all ports above an allow of one port',
    [cilium({ ingress: [{ ...b, ...port('80') }], ingressDeny: [b] })],
    { traffic: 'tcp/80', closed: ['* → x/a'] },
  ),
  one('deny of everyone above an allow of one', [cilium({ ingress: [b], ingressDeny: [{ fromEntities: ['all'] }] })], {
    traffic: 'tcp/80',
    closed: ['* → x/a'],
  }),
  one('deny of one under an allow of everyone', [cilium({ ingress: [{ fromEntities: ['all'] }], ingressDeny: [c] })], {
    traffic: 'tcp/80',
    closed: ['x/c → x/a'],
  }),
  one(
    'a clusterwide deny beats an allow of a namespace',
    [
      cilium({ ingress: [b, c] }),
      clusterwide({ ingressDeny: [{ fromEndpoints: [{ matchLabels: { pod: 'c' } }] }], ...open }),
    ],
    {
      traffic: 'tcp/80',
      closed: ['* → x/a', 'x/c → *', 'y/c → *', 'z/c → *'],
      open: ['x/b → x/a'],
    },
  ),
  one(
    'a deny beats the allow of a NetworkPolicy',
    [policy({ pods: pod('a'), ingress: [{ from: [{ podSelector: {} }] }], name: 'np' }), cilium({ ingressDeny: [c] })],
    { traffic: 'tcp/80', closed: ['* → x/a'], open: ['x/b → x/a'] },
  ),
  one(
    'an allow adds to the allow of a NetworkPolicy',
    [
      policy({ pods: pod('a'), ingress: [{ from: [{ podSelector: pod('b') }] }], name: 'np' }),
      cilium({ ingress: [c] }),
    ],
    { traffic: 'tcp/80', closed: ['* → x/a'], open: ['x/b → x/a', 'x/c → x/a'] },
  ),
  one(
    'deny of egress beats the allow of ingress',
    [
      cilium({ ingress: [{ fromEndpoints: [{}] }] }),
      cilium(
        { endpointSelector: pod('b'), egressDeny: [{ toEndpoints: [pod('a')] }], enableDefaultDeny: { egress: false } },
        'q',
      ),
    ],
    { traffic: 'tcp/80', closed: ['* → x/a', 'x/b → x/a'], open: ['x/c → x/a'] },
  ),
];

/** What Cilium reads differently from Kubernetes. */
export const CILIUM_LANGUAGE: readonly Scenario[] = [
  one('an empty rule lets nobody in', [cilium({ ingress: [{}] })], { traffic: 'tcp/80', closed: ['* → x/a'] }),
  one('an empty list of rules is no rule', [cilium({ ingress: [], egress: [{ toEntities: ['all'] }] })], {
    traffic: 'tcp/80',
  }),
  one(
    'an empty selector of peers means the namespace of the policy',
    [cilium({ ingress: [{ fromEndpoints: [{}] }] })],
    {
      traffic: 'tcp/80',
      closed: ['y/* → x/a', 'z/* → x/a'],
    },
  ),
  one('an empty list of peers is nobody', [cilium({ ingress: [{ fromEndpoints: [] }] })], {
    traffic: 'tcp/80',
    closed: ['* → x/a'],
  }),
  one(
    'peers of another namespace are named by its label',
    [cilium({ ingress: [{ fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'y' } }] }] })],
    { traffic: 'tcp/80', closed: ['* → x/a'], open: ['y/* → x/a'] },
  ),
  one('a CIDR holds no pod', [cilium({ ingress: [{ fromCIDR: ['10.42.0.0/16'] }] })], {
    traffic: 'tcp/80',
    closed: ['* → x/a'],
  }),
  one('the entity cluster is every pod', [cilium({ ingress: [{ fromEntities: ['cluster'] }] })], { traffic: 'tcp/80' }),
  one('the entity world is no pod', [cilium({ ingress: [{ fromEntities: ['world'] }] })], {
    traffic: 'tcp/80',
    closed: ['* → x/a'],
  }),
  one('port 0 is every port', [cilium({ ingress: [{ ...b, ...port('0') }] })], {
    traffic: 'tcp/4711',
    closed: ['* → x/a'],
    open: ['x/b → x/a'],
  }),
  one(
    'an ipBlock of a NetworkPolicy holds no pod under Cilium',
    [policy({ pods: pod('a'), ingress: [{ from: [{ ipBlock: { cidr: '10.42.0.0/16' } }] }] })],
    { traffic: 'tcp/80', closed: ['* → x/a'] },
  ),
];

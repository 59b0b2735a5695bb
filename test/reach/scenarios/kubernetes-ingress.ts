import { namespace, pod, policy, where, type Scenario } from './scenario';

const A = pod('a');
const NAME = 'kubernetes.io/metadata.name';
const fromY = { from: [{ namespaceSelector: namespace('y') }] };
const only = (name: string, from: readonly object[], open: readonly string[]): Scenario => ({
  name,
  policies: [policy({ pods: A, ingress: [{ from }] })],
  probes: [{ traffic: 'tcp/80', closed: ['* → x/a'], open }],
});

/** What reaches a pod: by selectors of pods and namespaces, and by several policies together. */
export const KUBERNETES_INGRESS: readonly Scenario[] = [
  {
    name: "should support a 'default-deny-ingress' policy",
    policies: [policy({ ingress: [] })],
    probes: [{ traffic: 'tcp/80', closed: ['* → x/*'] }],
  },
  {
    name: "should support a 'default-deny-all' policy",
    policies: [policy({ ingress: [], egress: [] })],
    probes: [{ traffic: 'tcp/80', closed: ['* → x/*', 'x/* → *'] }],
  },
  only(
    'should enforce policy to allow traffic from pods within server namespace based on PodSelector',
    [{ podSelector: pod('b') }],
    ['x/b → x/a'],
  ),
  {
    name: 'should enforce policy to allow ingress traffic for a target',
    policies: [
      policy({ ingress: [], name: 'deny' }),
      policy({ pods: A, ingress: [{ from: [{ podSelector: {}, namespaceSelector: {} }] }] }),
    ],
    probes: [{ traffic: 'tcp/80', closed: ['* → x/*'], open: ['* → x/a'] }],
  },
  {
    name: 'should enforce policy to allow ingress traffic from pods in all namespaces',
    policies: [policy({ pods: A, ingress: [{ from: [{ namespaceSelector: {} }] }] })],
    probes: [{ traffic: 'tcp/80' }],
  },
  only(
    'should enforce policy to allow traffic only from a different namespace, based on NamespaceSelector',
    fromY.from,
    ['y/* → x/a'],
  ),
  only(
    'should enforce policy based on PodSelector with MatchExpressions',
    [{ podSelector: where('pod', 'In', 'b') }],
    ['x/b → x/a'],
  ),
  only(
    'should enforce policy based on NamespaceSelector with MatchExpressions',
    [{ namespaceSelector: where(NAME, 'In', 'y') }],
    ['y/* → x/a'],
  ),
  only(
    'should enforce policy based on PodSelector or NamespaceSelector',
    [{ namespaceSelector: where(NAME, 'NotIn', 'x') }, { podSelector: pod('b') }],
    ['x/b → x/a', 'y/* → x/a', 'z/* → x/a'],
  ),
  only(
    'should enforce policy based on PodSelector and NamespaceSelector',
    [{ namespaceSelector: where(NAME, 'NotIn', 'x'), podSelector: pod('b') }],
    ['y/b → x/a', 'z/b → x/a'],
  ),
  only(
    'should enforce policy based on Multiple PodSelectors and NamespaceSelectors',
    [{ namespaceSelector: where(NAME, 'NotIn', 'x'), podSelector: where('pod', 'In', 'b', 'c') }],
    ['y/b → x/a', 'y/c → x/a', 'z/b → x/a', 'z/c → x/a'],
  ),
  only(
    'should enforce policy based on any PodSelectors',
    [{ podSelector: pod('b') }, { podSelector: pod('c') }],
    ['x/b → x/a', 'x/c → x/a'],
  ),
  only(
    'should enforce policy to allow traffic only from a pod in a different namespace based on PodSelector and NamespaceSelector',
    [{ namespaceSelector: namespace('y'), podSelector: A }],
    ['y/a → x/a'],
  ),
  {
    name: 'should allow ingress access from updated namespace',
    policies: [policy({ pods: A, ingress: [{ from: [{ namespaceSelector: { matchLabels: { ns2: 'updated' } } }] }] })],
    labels: { y: { ns2: 'updated' } },
    probes: [{ traffic: 'tcp/80', closed: ['* → x/a'], open: ['y/* → x/a'] }],
  },
  {
    name: 'should allow ingress access from updated pod',
    policies: [
      policy({ pods: A, ingress: [{ from: [{ podSelector: { matchLabels: { pod: 'b', pod2: 'updated' } } }] }] }),
    ],
    labels: { 'x/b': { pod2: 'updated' } },
    probes: [{ traffic: 'tcp/80', closed: ['* → x/a'], open: ['x/b → x/a'] }],
  },
  {
    name: 'should deny ingress from pods on other namespaces',
    policies: [policy({ ingress: [{ from: [{ podSelector: {} }] }] })],
    probes: [{ traffic: 'tcp/80', closed: ['y/* → x/*', 'z/* → x/*'] }],
  },
  {
    name: 'should deny ingress access to updated pod',
    policies: [policy({ pods: { matchLabels: { target: 'isolated' } }, ingress: [] })],
    labels: { 'x/a': { target: 'isolated' } },
    probes: [{ traffic: 'tcp/80', closed: ['* → x/a'] }],
  },
  only(
    'should enforce policy to allow traffic based on NamespaceSelector with MatchLabels using default ns label',
    fromY.from,
    ['y/* → x/a'],
  ),
  {
    name: 'should enforce updated policy',
    policies: [policy({ ingress: [] })],
    probes: [{ traffic: 'tcp/81', closed: ['* → x/*'] }],
  },
  {
    name: 'should stop enforcing policies after they are deleted',
    policies: [],
    probes: [{ traffic: 'tcp/80' }],
  },
];

import { pod, policy, where, type Scenario } from './scenario';
import { addressOf } from './world';

const A = pod('a');
const toB = [{ to: [{ podSelector: pod('b') }] }];
const bare = (spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace: 'x' },
  spec,
});
const range = (port: number, endPort: number) => policy({ pods: A, ingress: [{ ports: [{ port, endPort }] }] });

/** What the text of the API settles, and its readers forget. */
export const SPECIFICATION: readonly Scenario[] = [
  {
    name: 'no policyTypes and no egress rules: ingress alone is isolated',
    policies: [bare({ podSelector: A })],
    probes: [{ traffic: 'tcp/80', closed: ['* → x/a'] }],
  },
  {
    name: 'no policyTypes, and egress rules: both directions are isolated',
    policies: [bare({ podSelector: A, egress: toB })],
    probes: [{ traffic: 'tcp/80', closed: ['* → x/a', 'x/a → *'], open: ['x/a → x/b'] }],
  },
  {
    name: 'no policyTypes, and an empty list of egress rules: egress is not isolated',
    policies: [bare({ podSelector: A, egress: [] })],
    probes: [{ traffic: 'tcp/80', closed: ['* → x/a'] }],
  },
  {
    name: 'policyTypes Egress without rules denies all egress and no ingress',
    policies: [policy({ pods: A, types: ['Egress'] })],
    probes: [{ traffic: 'tcp/80', closed: ['x/a → *'] }],
  },
  {
    name: 'rules of a direction that policyTypes leaves out do nothing',
    policies: [policy({ pods: A, types: ['Ingress'], ingress: [{}], egress: toB })],
    probes: [{ traffic: 'tcp/80' }],
  },
  {
    name: 'an empty rule allows everything',
    policies: [policy({ pods: A, ingress: [{}] })],
    probes: [{ traffic: 'tcp/80' }, { traffic: 'sctp/81' }],
  },
  {
    name: 'empty from and empty ports are as good as none',
    policies: [policy({ pods: A, ingress: [{ from: [], ports: [] }] })],
    probes: [{ traffic: 'udp/80' }],
  },
  {
    name: 'a peer with podSelector alone means the namespace of the policy',
    policies: [policy({ pods: A, ingress: [{ from: [{ podSelector: pod('b') }] }] })],
    probes: [{ traffic: 'tcp/80', closed: ['* → x/a'], open: ['x/b → x/a'] }],
  },
  {
    name: 'two selectors of one peer must both match',
    policies: [policy({ pods: A, ingress: [{ from: [{ podSelector: pod('b'), namespaceSelector: {} }] }] })],
    probes: [{ traffic: 'tcp/80', closed: ['* → x/a'], open: ['x/b → x/a', 'y/b → x/a', 'z/b → x/a'] }],
  },
  {
    name: 'of two peers one is enough',
    policies: [
      policy({
        pods: A,
        ingress: [{ from: [{ podSelector: pod('b') }, { namespaceSelector: where('team', 'Exists') }] }],
      }),
    ],
    labels: { z: { team: 'blue' } },
    probes: [{ traffic: 'tcp/80', closed: ['* → x/a'], open: ['x/b → x/a', 'z/* → x/a'] }],
  },
  {
    name: 'peers and ports of one rule belong together, those of two rules do not',
    policies: [
      policy({
        pods: A,
        ingress: [
          { from: [{ podSelector: pod('b') }], ports: [{ port: 80 }] },
          { from: [{ podSelector: pod('c') }], ports: [{ port: 81 }] },
        ],
      }),
    ],
    probes: [
      { traffic: 'tcp/80', closed: ['* → x/a'], open: ['x/b → x/a'] },
      { traffic: 'tcp/81', closed: ['* → x/a'], open: ['x/c → x/a'] },
    ],
  },
  {
    name: 'a port without a protocol is TCP',
    policies: [policy({ pods: A, ingress: [{ ports: [{ port: 80 }] }] })],
    probes: [{ traffic: 'tcp/80' }, { traffic: 'udp/80', closed: ['* → x/a'] }],
  },
  {
    name: 'a port by a name that the pod does not have matches nothing',
    policies: [policy({ pods: A, ingress: [{ ports: [{ port: 'metrics' }] }] })],
    probes: [{ traffic: 'tcp/80', closed: ['* → x/a'] }],
  },
  {
    name: 'a port by a name matches in the protocol of the pod alone',
    policies: [policy({ pods: A, ingress: [{ ports: [{ port: 'serve-80-udp' }] }] })],
    probes: [
      { traffic: 'tcp/80', closed: ['* → x/a'] },
      { traffic: 'udp/80', closed: ['* → x/a'] },
    ],
  },
  {
    name: 'endPort is part of the range',
    policies: [range(80, 82)],
    probes: [
      { traffic: 'tcp/80' },
      { traffic: 'tcp/82' },
      { traffic: 'tcp/83', closed: ['* → x/a'] },
      { traffic: 'tcp/79', closed: ['* → x/a'] },
    ],
  },
  {
    name: 'endPort that equals port is that port',
    policies: [range(81, 81)],
    probes: [{ traffic: 'tcp/81' }, { traffic: 'tcp/80', closed: ['* → x/a'] }],
  },
  {
    name: 'an ipBlock holds its first and its last address',
    policies: [policy({ pods: A, ingress: [{ from: [{ ipBlock: { cidr: '10.42.1.12/31' } }] }] })],
    probes: [{ traffic: 'tcp/80', closed: ['* → x/a'], open: ['x/b → x/a', 'x/c → x/a'] }],
  },
  {
    name: 'what one block excepts another may allow',
    policies: [
      policy({
        pods: A,
        ingress: [
          { from: [{ ipBlock: { cidr: '10.42.0.0/16', except: ['10.42.2.0/24'] } }] },
          { from: [{ ipBlock: { cidr: `${addressOf('y/c')}/32` } }] },
        ],
      }),
    ],
    probes: [{ traffic: 'tcp/80', closed: ['y/* → x/a'], open: ['y/c → x/a'] }],
  },
  {
    name: 'NotIn and DoesNotExist match pods without the label',
    policies: [policy({ ingress: [], pods: where('tier', 'NotIn', 'front') })],
    labels: { 'x/a': { tier: 'front' }, 'x/b': { tier: 'back' } },
    probes: [{ traffic: 'tcp/80', closed: ['* → x/b', '* → x/c'] }],
  },
  {
    name: 'several expressions must all match',
    policies: [
      policy({
        ingress: [],
        pods: {
          matchLabels: { pod: 'a' },
          matchExpressions: [
            { key: 'tier', operator: 'Exists' },
            { key: 'pod', operator: 'NotIn', values: ['b'] },
          ],
        },
      }),
    ],
    labels: { 'x/a': { tier: 'front' }, 'x/b': { tier: 'front' } },
    probes: [{ traffic: 'tcp/80', closed: ['* → x/a'] }],
  },
  {
    name: 'policies of a pod add up, whatever their order',
    policies: [
      policy({ ingress: [], name: 'z' }),
      policy({ pods: A, ingress: [{ from: [{ podSelector: pod('b') }] }], name: 'm' }),
      policy({ pods: A, ingress: [{ from: [{ podSelector: pod('c') }] }], name: 'a' }),
    ],
    probes: [{ traffic: 'tcp/80', closed: ['* → x/*'], open: ['x/b → x/a', 'x/c → x/a'] }],
  },
  {
    name: 'both sides must allow',
    policies: [
      policy({ pods: A, egress: toB, name: 'out' }),
      policy({ pods: pod('b'), ingress: [{ from: [{ podSelector: pod('c') }] }], name: 'in' }),
    ],
    probes: [{ traffic: 'tcp/80', closed: ['x/a → *', '* → x/b'], open: ['x/c → x/b'] }],
  },
];

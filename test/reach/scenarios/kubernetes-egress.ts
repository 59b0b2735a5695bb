import { namespace, pod, policy, where, type Scenario } from './scenario';
import { addressOf } from './world';

const A = pod('a');
const toYa = { to: [{ namespaceSelector: namespace('y'), podSelector: A }] };
const fromXa = { from: [{ namespaceSelector: namespace('x'), podSelector: A }] };
const block = (cidr: string, ...except: readonly string[]) => [
  { to: [{ ipBlock: { cidr, ...(except.length > 0 ? { except } : {}) } }] },
];

/** What a pod may reach, alone and together with what reaches it. */
export const KUBERNETES_EGRESS: readonly Scenario[] = [
  {
    name: 'should allow egress access on one named port',
    policies: [policy({ egress: [{ ports: [{ port: 'serve-80-tcp' }] }] })],
    probes: [{ traffic: 'tcp/80' }, { traffic: 'tcp/81', closed: ['x/* → *'] }],
  },
  {
    name: 'should deny egress from pods based on PodSelector',
    policies: [policy({ pods: A, egress: [] })],
    probes: [{ traffic: 'tcp/80', closed: ['x/a → *'] }],
  },
  {
    name: 'should deny egress from all pods in a namespace',
    policies: [policy({ egress: [] })],
    probes: [{ traffic: 'tcp/80', closed: ['x/* → *'] }],
  },
  {
    name: 'should work with Ingress, Egress specified together',
    policies: [
      policy({ pods: A, ingress: [{ from: [{ podSelector: pod('b') }] }], egress: [{ ports: [{ port: 80 }] }] }),
    ],
    probes: [
      { traffic: 'tcp/80', closed: ['* → x/a'], open: ['x/b → x/a'] },
      { traffic: 'tcp/81', closed: ['* → x/a', 'x/a → *'], open: ['x/b → x/a'] },
    ],
  },
  {
    name: 'should support denying of egress traffic on the client side (even if the server explicitly allows this traffic)',
    policies: [
      policy({ pods: A, egress: [toYa] }),
      policy({ pods: A, ingress: [fromXa], namespace: 'y', name: 'ya' }),
      policy({ pods: pod('b'), ingress: [fromXa], namespace: 'y', name: 'yb' }),
    ],
    probes: [{ traffic: 'tcp/80', closed: ['x/a → *', '* → y/a', '* → y/b'], open: ['x/a → y/a'] }],
  },
  {
    name: 'should enforce egress policy allowing traffic to a server in a different namespace based on PodSelector and NamespaceSelector',
    policies: [policy({ pods: A, egress: [toYa] })],
    probes: [{ traffic: 'tcp/80', closed: ['x/a → *'], open: ['x/a → y/a'] }],
  },
  {
    name: 'should enforce multiple egress policies with egress allow-all policy taking precedence',
    policies: [policy({ egress: [{ ports: [{ port: 80 }] }], name: 'p80' }), policy({ egress: [{}] })],
    probes: [{ traffic: 'tcp/81' }],
  },
  {
    name: 'should allow egress access to server in CIDR block',
    policies: [policy({ pods: A, egress: block(`${addressOf('y/b')}/32`) })],
    probes: [{ traffic: 'tcp/80', closed: ['x/a → *'], open: ['x/a → y/b'] }],
  },
  {
    name: 'should enforce except clause while egress access to server in CIDR block',
    policies: [policy({ pods: A, egress: block('0.0.0.0/4', `${addressOf('x/b')}/32`) })],
    probes: [{ traffic: 'tcp/80', closed: ['x/a → x/b'] }],
  },
  {
    name: 'should ensure an IP overlapping both IPBlock.CIDR and IPBlock.Except is allowed',
    policies: [
      policy({ pods: A, egress: block('0.0.0.0/4', `${addressOf('x/b')}/32`), name: 'except' }),
      policy({ pods: A, egress: block(`${addressOf('x/b')}/32`) }),
    ],
    probes: [{ traffic: 'tcp/80' }],
  },
  {
    name: 'should enforce policies to check ingress and egress policies can be controlled independently based on PodSelector',
    policies: [policy({ pods: A, egress: [{}], name: 'out' }), policy({ pods: A, ingress: [] })],
    probes: [{ traffic: 'tcp/80', closed: ['* → x/a'] }],
  },
  {
    name: 'should enforce policy based on NamespaceSelector with MatchExpressions using default ns label',
    policies: [
      policy({
        pods: A,
        egress: [{ to: [{ namespaceSelector: where('kubernetes.io/metadata.name', 'NotIn', 'y') }] }],
      }),
    ],
    probes: [{ traffic: 'tcp/80', closed: ['x/a → y/*'] }],
  },
];

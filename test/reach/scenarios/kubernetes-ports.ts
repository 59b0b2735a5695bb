import { namespace, pod, policy, type Scenario } from './scenario';

const A = pod('a');
const fromY = { from: [{ namespaceSelector: namespace('y') }] };
const onlyY = { closed: ['* → x/a'], open: ['y/* → x/a'] };
const onlyYByPort = (port: number, name: string) =>
  policy({ pods: A, ingress: [{ ...fromY, ports: [{ port, protocol: 'TCP' }] }], name });

/** Scenarios that Kubernetes runs once for each protocol. */
function forProtocol(protocol: 'TCP' | 'UDP' | 'SCTP'): Scenario[] {
  const by = (port: number) => `${protocol.toLowerCase()}/${port}`;
  return [
    {
      name: `should enforce policy based on Ports (${protocol})`,
      policies: [policy({ pods: A, ingress: [{ ...fromY, ports: [{ port: 81, protocol }] }] })],
      probes: [
        { traffic: by(81), ...onlyY },
        { traffic: by(80), closed: ['* → x/a'] },
      ],
    },
    ...(protocol === 'TCP'
      ? []
      : [
          {
            name: `should support a 'default-deny-ingress' policy (${protocol})`,
            policies: [policy({ ingress: [] })],
            probes: [{ traffic: by(80), closed: ['* → x/*'] }],
          },
          {
            name: `should enforce policy to allow traffic only from a pod in a different namespace based on PodSelector and NamespaceSelector (${protocol})`,
            policies: [
              policy({ pods: A, ingress: [{ from: [{ namespaceSelector: namespace('y'), podSelector: A }] }] }),
            ],
            probes: [{ traffic: by(80), closed: ['* → x/a'], open: ['y/a → x/a'] }],
          },
        ]),
  ];
}

/** What reaches a pod by its port: numbers, names and protocols. */
export const KUBERNETES_PORTS: readonly Scenario[] = [
  ...forProtocol('TCP'),
  {
    name: 'should enforce multiple, stacked policies with overlapping podSelectors',
    policies: [onlyYByPort(81, 'p81'), onlyYByPort(80, 'p80')],
    probes: [
      { traffic: 'tcp/80', ...onlyY },
      { traffic: 'tcp/81', ...onlyY },
      { traffic: 'tcp/82', closed: ['* → x/a'] },
    ],
  },
  {
    name: 'should support allow-all policy',
    policies: [policy({ ingress: [{}] })],
    probes: [{ traffic: 'tcp/80' }, { traffic: 'tcp/81' }],
  },
  {
    name: 'should allow ingress access on one named port',
    policies: [policy({ ingress: [{ ports: [{ port: 'serve-81-tcp' }] }] })],
    probes: [{ traffic: 'tcp/81' }, { traffic: 'tcp/80', closed: ['* → x/*'] }],
  },
  {
    name: 'should allow ingress access from namespace on one named port',
    policies: [policy({ pods: A, ingress: [{ ...fromY, ports: [{ port: 'serve-80-tcp', protocol: 'TCP' }] }] })],
    probes: [
      { traffic: 'tcp/80', ...onlyY },
      { traffic: 'tcp/81', closed: ['* → x/a'] },
    ],
  },
  {
    name: 'should enforce ingress policy allowing any port traffic to a server on a specific protocol',
    policies: [policy({ pods: A, ingress: [{ ports: [{ protocol: 'TCP' }] }] })],
    probes: [{ traffic: 'tcp/80' }, { traffic: 'udp/80', closed: ['* → x/a'] }],
  },
  {
    name: 'should enforce multiple ingress policies with ingress allow-all policy taking precedence',
    policies: [policy({ ingress: [{ ports: [{ port: 80 }] }], name: 'p80' }), policy({ ingress: [{}] })],
    probes: [{ traffic: 'tcp/81' }],
  },
  {
    name: "should not mistakenly treat 'protocol: SCTP' as 'protocol: TCP', even if the plugin doesn't support SCTP",
    policies: [
      policy({ ingress: [], name: 'deny' }),
      policy({ pods: A, ingress: [{ ports: [{ port: 81, protocol: 'SCTP' }] }] }),
    ],
    probes: [{ traffic: 'tcp/81', closed: ['* → x/*'] }],
  },
  {
    name: "should properly isolate pods that are selected by a policy allowing SCTP, even if the plugin doesn't support SCTP",
    policies: [policy({ pods: A, ingress: [{ ports: [{ port: 80, protocol: 'SCTP' }] }] })],
    probes: [{ traffic: 'tcp/81', closed: ['* → x/a'] }, { traffic: 'sctp/80' }],
  },
  {
    name: 'should not allow access by TCP when a policy specifies only UDP',
    policies: [policy({ pods: A, ingress: [{ ports: [{ port: 81, protocol: 'UDP' }] }] })],
    probes: [{ traffic: 'tcp/81', closed: ['* → x/a'] }, { traffic: 'udp/81' }],
  },
  ...forProtocol('UDP'),
  ...forProtocol('SCTP'),
];

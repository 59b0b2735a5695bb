import { ask, faults, namespace, networkPolicy, pod } from '../../test/reach/ask';

function cilium(where: string | undefined, spec: object, name = 'policy'): string {
  const kind = where === undefined ? 'CiliumClusterwideNetworkPolicy' : 'CiliumNetworkPolicy';
  return JSON.stringify({
    apiVersion: 'cilium.io/v2',
    kind,
    metadata: { name, ...(where === undefined ? {} : { namespace: where }) },
    spec,
  });
}

const is = (app: string) => ({ matchLabels: { app } });
const tcp = (port: number) => [{ ports: [{ port: String(port), protocol: 'TCP' }] }];

const WORLD = [
  namespace('x', { team: 'red' }),
  namespace('y'),
  pod('x', 'server', { app: 'server' }),
  pod('x', 'client', { app: 'client' }),
  pod('y', 'client', { app: 'client' }),
  pod('y', 'node-agent', { app: 'agent' }, { hostNetwork: true }),
];

const asked = (...policies: string[]) => ask([...WORLD, ...policies], { engine: 'cilium' });

describe('deny beats allow: the table of the documentation', () => {
  const allows = {
    http: { toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{}] } }] },
    l4: { toPorts: tcp(80) },
    other: { toPorts: tcp(81) },
    l3: { fromEndpoints: [is('client')] },
  };
  const denyPort = { toPorts: tcp(80) };
  const denyClient = { fromEndpoints: [is('client')] };
  const given = (...ingressDeny: object[]) => {
    const { allowed } = asked(
      cilium('x', { endpointSelector: is('server'), ingress: Object.values(allows), ingressDeny }),
    );
    return allowed('x/client', 'x/server');
  };

  test.each([
    ['no deny', [], 'all'],
    ['a port', [denyPort], 'TCP 1-79, 81-65535; UDP; SCTP; ICMP; ICMPv6; IP protocol'],
    ['the client', [denyClient], 'none'],
    ['both', [denyPort, denyClient], 'none'],
  ])('%s', (_, denies, expected) => expect(given(...denies)).toBe(expected));

  test('a deny of one kind beats an allow of another, and of Kubernetes', () => {
    const { allowed } = asked(
      networkPolicy('x', { podSelector: {}, ingress: [{}] }),
      cilium('x', { endpointSelector: {}, ingress: [{ fromEntities: ['all'] }] }),
      cilium(undefined, {
        endpointSelector: {},
        ingressDeny: [{ fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'y' } }] }],
      }),
    );
    expect([allowed('x/client', 'x/server'), allowed('y/client', 'x/server')]).toEqual(['all', 'none']);
  });
});

describe('default deny', () => {
  const reached = (spec: object) => {
    const { allowed } = asked(cilium('x', { endpointSelector: is('server'), ...spec }));
    return [allowed('x/client', 'x/server'), allowed('x/server', 'x/client')];
  };

  test.each([
    ['one section isolates its direction', { ingress: [{ toPorts: tcp(1) }] }, ['TCP 1', 'all']],
    ['a rule that says nothing denies, unlike in a NetworkPolicy', { ingress: [{}] }, ['none', 'all']],
    ['an empty list of peers is nobody', { ingress: [{ fromEndpoints: [] }] }, ['none', 'all']],
    ['a deny section isolates too', { ingressDeny: [{ fromEntities: ['world'] }] }, ['none', 'all']],
    [
      'enableDefaultDeny false leaves the rest open',
      { ingressDeny: [{ toPorts: tcp(1) }], enableDefaultDeny: { ingress: false } },
      ['TCP 2-65535; UDP; SCTP; ICMP; ICMPv6; IP protocol', 'all'],
    ],
    [
      'enableDefaultDeny says nothing of a direction without rules',
      { ingress: [{ fromEntities: ['all'] }], enableDefaultDeny: { egress: true } },
      ['all', 'all'],
    ],
    ['an empty section is none', { ingress: [], egress: [{}] }, ['all', 'none']],
  ])('%s', (_, spec, expected) => expect(reached(spec)).toEqual(expected));
});

describe('peers', () => {
  const froms = [
    'x/client',
    'y/client',
    'y/node-agent',
    'host',
    'remote-node',
    'kube-apiserver',
    '203.0.113.1',
    '2001:db8::1',
  ];
  const sources = (rule: object, where: string | undefined) => {
    const { allowed } = asked(cilium(where, { endpointSelector: is('server'), ingress: [rule] }));
    return froms.filter((from) => allowed(from, 'x/server') !== 'none');
  };

  test.each([
    ['an empty selector is the own namespace', { fromEndpoints: [{}] }, ['x/client', 'host']],
    [
      'a selector that speaks of namespaces finds others',
      { fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'y' } }] },
      ['y/client', 'host'],
    ],
    [
      'so does one by labels of a namespace',
      {
        fromEndpoints: [
          { matchExpressions: [{ key: 'io.cilium.k8s.namespace.labels.team', operator: 'DoesNotExist' }] },
        ],
      },
      ['y/client', 'host'],
    ],
    ['world is every address, no pod and no node', { fromEntities: ['world'] }, ['host', '203.0.113.1', '2001:db8::1']],
    ['world-ipv6', { fromEntities: ['world-ipv6'] }, ['host', '2001:db8::1']],
    [
      'cluster',
      { fromEntities: ['cluster'] },
      ['x/client', 'y/client', 'y/node-agent', 'host', 'remote-node', 'kube-apiserver'],
    ],
    ['remote-node', { fromEntities: ['remote-node'] }, ['host', 'remote-node']],
    ['kube-apiserver', { fromEntities: ['kube-apiserver'] }, ['host', 'kube-apiserver']],
    ['all', { fromEntities: ['all'] }, froms],
    ['a CIDR is no pod and no node', { fromCIDR: ['0.0.0.0/0'] }, ['host', '203.0.113.1']],
    ['a CIDR but for a part', { fromCIDRSet: [{ cidr: '203.0.113.0/24', except: ['203.0.113.0/28'] }] }, ['host']],
    ['nothing but ports: everyone', { toPorts: tcp(1) }, froms],
    [
      'by a reserved label',
      { fromEndpoints: [{ matchLabels: { 'reserved:remote-node': '' } }] },
      ['host', 'remote-node'],
    ],
  ])('%s', (_, rule, expected) => expect(sources(rule, 'x')).toEqual(expected));

  test('an empty selector of a clusterwide policy is every pod', () => {
    expect(sources({ fromEndpoints: [{}] }, undefined)).toEqual(['x/client', 'y/client', 'host']);
  });

  test('a rule can deny even the own node', () => {
    const { allowed } = asked(
      cilium('x', { endpointSelector: is('server'), ingressDeny: [{ fromEntities: ['host'] }] }),
    );
    expect(allowed('host', 'x/server')).toBe('none');
  });

  test('a node that has only one of its two guises may be either', () => {
    const { allowed, open } = asked(
      cilium('x', { endpointSelector: is('server'), egress: [{ toEntities: ['remote-node'] }] }),
    );
    expect([allowed('x/server', 'y/node-agent'), open('x/server', 'y/node-agent')]).toEqual([
      'none',
      ['all (host-network)'],
    ]);
  });

  test('a name is an endpoint of its own, and stands for itself alone', () => {
    const names = cilium('x', {
      endpointSelector: is('server'),
      egress: [{ toFQDNs: [{ matchName: 'api.example.org' }, { matchPattern: '*.example.com' }], toPorts: tcp(443) }],
    });
    const { allowed } = asked(names);
    expect([
      allowed('x/server', 'api.example.org'),
      allowed('x/server', 'a.example.com'),
      allowed('x/server', '203.0.113.1'),
    ]).toEqual(['TCP 443', 'TCP 443', 'none']);
  });

  test('a name may have any address, so a CIDR may hold it', () => {
    const spec = {
      endpointSelector: is('server'),
      egress: [{ toFQDNs: [{ matchName: 'api.example.org' }], toPorts: tcp(443) }, { toCIDR: ['203.0.113.0/24'] }],
    };
    expect(asked(cilium('x', spec)).open('x/server', 'api.example.org')[0]).toMatch(/\(pod-address\)$/);
  });

  test('a Service stands for the pods behind it', () => {
    const service = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 's', namespace: 'y' },
      spec: { selector: { app: 'client' } },
    });
    const { allowed } = asked(
      service,
      cilium('x', {
        endpointSelector: is('server'),
        egress: [{ toServices: [{ k8sService: { serviceName: 's', namespace: 'y' } }] }],
      }),
    );
    expect([allowed('x/server', 'y/client'), allowed('x/server', 'x/client')]).toEqual(['all', 'none']);
  });

  test('a group of CIDRs', () => {
    const group = JSON.stringify({
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumCIDRGroup',
      metadata: { name: 'g' },
      spec: { externalCIDRs: ['203.0.113.0/24'] },
    });
    const { allowed } = asked(
      group,
      cilium('x', { endpointSelector: is('server'), egress: [{ toCIDRSet: [{ cidrGroupRef: 'g' }] }] }),
    );
    expect([allowed('x/server', '203.0.113.9'), allowed('x/server', '198.51.100.9')]).toEqual(['all', 'none']);
  });
});

describe('what Cilium refuses or does not heed', () => {
  const wrong = (spec: object) => faults([cilium('x', spec)]);

  test.each([
    [
      'two kinds of peers in one rule',
      { endpointSelector: {}, ingress: [{ fromCIDR: ['10.0.0.1'], fromEntities: ['world'] }] },
      'spec.ingress[0].fromEntities stands beside fromCIDR; write two rules',
    ],
    [
      'an unknown entity',
      { endpointSelector: {}, ingress: [{ fromEntities: ['wolrd'] }] },
      'spec.ingress[0].fromEntities[0] is "wolrd", no entity; fix: world',
    ],
    ['no selector', { ingress: [{}] }, 'spec has neither endpointSelector nor nodeSelector'],
    [
      'no rule',
      { endpointSelector: {}, ingress: [] },
      'spec has no rule; write ingress, ingressDeny, egress or egressDeny',
    ],
    [
      'a port too high',
      { endpointSelector: {}, ingress: [{ toPorts: tcp(70000) }] },
      'spec.ingress[0].toPorts[0].ports[0].port is 70000; ports are 0 to 65535',
    ],
    [
      'a field that is not there',
      { endpointSelector: {}, ingres: [{}], egress: [{}] },
      'spec.ingres is a field that does not exist here',
    ],
    [
      'icmps beside toPorts',
      { endpointSelector: {}, ingress: [{ toPorts: tcp(1), icmps: [{ fields: [{ type: 8 }] }] }] },
      'spec.ingress[0].icmps stands beside toPorts; write two rules',
    ],
  ])('%s', (_, spec, message) =>
    expect(wrong(spec)).toEqual([`POLICY_INVALID m.yaml:1 CiliumNetworkPolicy x/policy: ${message}`]),
  );

  test('nodeSelector in a namespaced policy', () => {
    expect(wrong({ nodeSelector: {}, ingress: [{}] })).toEqual([
      'POLICY_INVALID m.yaml:1 CiliumNetworkPolicy x/policy: spec.nodeSelector belongs to CiliumClusterwideNetworkPolicy alone',
    ]);
  });

  test('fromRequires is dead', () => {
    expect(wrong({ endpointSelector: {}, ingress: [{ fromRequires: [{}], fromEndpoints: [{}] }] })).toEqual([
      'POLICY_WITHOUT_EFFECT m.yaml:1 CiliumNetworkPolicy x/policy: spec.ingress[0].fromRequires is no longer heeded since Cilium 1.19; fix: fromEndpoints',
    ]);
  });

  test('toFQDNs needs a DNS rule, of its own policy or of another', () => {
    const spec = { endpointSelector: is('server'), egress: [{ toFQDNs: [{ matchName: 'a.example.org' }] }] };
    const dns = { toEndpoints: [{}], toPorts: [{ ports: [{ port: '53' }], rules: { dns: [{ matchPattern: '*' }] } }] };
    const found = (...policies: string[]) => faults([...WORLD, ...policies]).length;
    expect(found(cilium('x', spec))).toBe(1);
    expect(found(cilium('x', { ...spec, egress: [...spec.egress, dns] }))).toBe(0);
    expect(found(cilium('x', spec), cilium(undefined, { endpointSelector: {}, egress: [dns] }, 'dns'))).toBe(0);
  });
});

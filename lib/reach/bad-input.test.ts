import { faults, networkPolicy, pod } from '../../test/reach/ask';
import { readWorld } from './world';

const policy = (spec: object) => networkPolicy('x', { podSelector: {}, ...spec });
const from = (peer: object) => policy({ ingress: [{ from: [peer] }] });
const port = (one: object) => policy({ ingress: [{ ports: [one] }] });

test.each([
  ['a port too high', port({ port: 70000 }), 'spec.ingress[0].ports[0].port is 70000; ports are 1 to 65535'],
  ['port 0', port({ port: 0 }), 'spec.ingress[0].ports[0].port is 0; ports are 1 to 65535'],
  [
    'a port as a text',
    port({ port: '80' }),
    'spec.ingress[0].ports[0].port is "80", which no port can be named; fix: 80',
  ],
  [
    'endPort below port',
    port({ port: 90, endPort: 80 }),
    'spec.ingress[0].ports[0].endPort is 80, below port 90; fix: port: 80, endPort: 90',
  ],
  [
    'endPort too high',
    port({ port: 65000, endPort: 70000 }),
    'spec.ingress[0].ports[0].endPort is 70000; ports are 1 to 65535; fix: 65535',
  ],
  [
    'endPort beside a name',
    port({ port: 'web', endPort: 80 }),
    'spec.ingress[0].ports[0].endPort needs a port that is a number',
  ],
  ['endPort alone', port({ endPort: 80 }), 'spec.ingress[0].ports[0].endPort needs a port beside it'],
  [
    'ICMP',
    port({ protocol: 'ICMP' }),
    'spec.ingress[0].ports[0].protocol is "ICMP"; a NetworkPolicy knows TCP, UDP and SCTP',
  ],
  [
    'except outside cidr',
    from({ ipBlock: { cidr: '10.0.0.0/8', except: ['192.168.0.0/16'] } }),
    'spec.ingress[0].from[0].ipBlock.except[0] is 192.168.0.0/16, which must lie inside 10.0.0.0/8 and be smaller',
  ],
  [
    'host bits',
    from({ ipBlock: { cidr: '10.0.0.7/8' } }),
    'spec.ingress[0].from[0].ipBlock.cidr is "10.0.0.7/8", which has host bits set; fix: 10.0.0.0/8',
  ],
  [
    'no prefix',
    from({ ipBlock: { cidr: 'internet' } }),
    'spec.ingress[0].from[0].ipBlock.cidr is "internet", which is not an IPv4 or IPv6 address',
  ],
  [
    'a block beside a selector',
    from({ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }),
    'spec.ingress[0].from[0] has an ipBlock beside a selector; write two peers',
  ],
  ['an empty peer', from({}), 'spec.ingress[0].from[0] is empty; write podSelector, namespaceSelector or ipBlock'],
  [
    'an unknown operator',
    from({ podSelector: { matchExpressions: [{ key: 'a', operator: 'Exist' }] } }),
    'spec.ingress[0].from[0].podSelector.matchExpressions[0].operator is "Exist"; the operators are In, NotIn, Exists, DoesNotExist; fix: Exists',
  ],
  [
    'In without values',
    from({ podSelector: { matchExpressions: [{ key: 'a', operator: 'In' }] } }),
    'spec.ingress[0].from[0].podSelector.matchExpressions[0].values is empty, and In needs at least one value',
  ],
  [
    'Exists with values',
    from({ podSelector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] } }),
    'spec.ingress[0].from[0].podSelector.matchExpressions[0].values must be absent, since Exists takes none',
  ],
  [
    'a label that no object can have',
    from({ podSelector: { matchLabels: { a: 'b c' } } }),
    'spec.ingress[0].from[0].podSelector.matchLabels.a is "b c", which no label can have for a value',
  ],
  [
    'a number for a label',
    from({ podSelector: { matchLabels: { a: 1 } } }),
    'spec.ingress[0].from[0].podSelector.matchLabels.a is 1, not a text; fix: "1"',
  ],
  [
    'a policy type',
    policy({ policyTypes: ['ingress'] }),
    'spec.policyTypes[0] is "ingress"; policy types are Ingress and Egress',
  ],
  ['a field that is not there', policy({ ingres: [] }), 'spec.ingres is a field that does not exist here'],
  ['a mapping for a list', policy({ ingress: {} }), 'spec.ingress is not a list'],
])('%s', (_, manifest, message) => {
  expect(faults([manifest])).toEqual([`POLICY_INVALID m.yaml:1 NetworkPolicy x/policy: ${message}`]);
});

const TEXT = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  ingress:
    - ports:
        # not a port
        - port: 70000
`;

test('the line is that of the field, in YAML of several documents and in JSON', () => {
  const places = (path: string, text: string) => readWorld([{ path, text }]).findings.map(({ where }) => where);
  expect(places('a.yaml', TEXT)).toEqual(['a.yaml:10']);
  expect(places('a.yaml', `---\n${pod('x', 'p')}\n---\n${TEXT}---\n`)).toEqual(['a.yaml:13']);
  expect(places('a.yaml', TEXT.replace(/\n/g, '\r\n'))).toEqual(['a.yaml:10']);
  const json = JSON.stringify({ kind: 'List', apiVersion: 'v1', items: [JSON.parse(port({ port: 70000 }))] }, null, 2);
  const line = json.split('\n').findIndex((each) => each.includes('70000')) + 1;
  expect(places('a.json', json)).toEqual([`a.json:${line}`]);
});

test('what has no effect is a warning', () => {
  expect(faults([policy({ policyTypes: ['Ingress'], egress: [{}] })])).toEqual([
    'POLICY_WITHOUT_EFFECT m.yaml:1 NetworkPolicy x/policy: spec.egress has rules that nothing asks for, since policyTypes leaves egress out',
  ]);
  const [finding] = faults([
    policy({ policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '10.43.0.10/32' } }] }] }),
  ]);
  expect(finding).toMatch(/^POLICY_WITHOUT_EFFECT .* holds 10\.43\.0\.10, addresses of Services/);
});

test('kinds that are not understood are listed, once each; kinds without a say and other files are not', () => {
  const other = (apiVersion: string, kind: string, name: string) =>
    JSON.stringify({ apiVersion, kind, metadata: { name } });
  expect(
    faults([
      other('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', 'a'),
      other('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', 'b'),
      other('v1', 'ConfigMap', 'c'),
      other('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'd'),
      'image: {tag: 1}',
      '- a list',
    ]),
  ).toEqual([
    'MANIFEST_NOT_UNDERSTOOD m.yaml:1 AdminNetworkPolicy (policy.networking.k8s.io/v1alpha1) is not understood: 2 objects have no part in the answer',
  ]);
});

test('a file that cannot be read is reported with its line, and the others are read', () => {
  const { world, findings } = readWorld([
    { path: 'b.yaml', text: pod('x', 'p') },
    { path: 'a.yaml', text: 'kind: Pod\n---\na: b: c\n' },
  ]);
  expect(world.workloads.map(({ id }) => id)).toEqual(['x/p[Pod]']);
  expect(findings.map(({ code, where }) => `${code} ${where ?? ''}`)).toEqual(['MANIFEST_UNREADABLE a.yaml:3']);
});

test('the same object twice is nothing to report', () => {
  expect(faults([policy({}), policy({})])).toEqual([]);
});

test('two objects of one name are reported with both places, and the later counts', () => {
  const { world, findings } = readWorld([
    { path: 'a.yaml', text: [policy({}), policy({ policyTypes: ['Egress'] })].join('\n---\n') },
  ]);
  expect(world.policies.map(({ sides }) => Object.keys(sides))).toEqual([['egress']]);
  expect(findings.map(({ code, where, message }) => `${code} ${where ?? ''} ${message}`)).toEqual([
    'OBJECT_TWICE a.yaml:3 NetworkPolicy x/policy: overwrites another of the same name, which stands at a.yaml:1',
  ]);
});

const cilium = (rules: object) =>
  JSON.stringify({
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'policy', namespace: 'x' },
    spec: { endpointSelector: {}, ...rules },
  });
const calico = (spec: object) =>
  JSON.stringify({
    apiVersion: 'projectcalico.org/v3',
    kind: 'GlobalNetworkPolicy',
    metadata: { name: 'policy' },
    spec,
  });

test.each([
  [
    "a port too high in Cilium's words",
    cilium({ ingress: [{ toPorts: [{ ports: [{ port: '70000', protocol: 'TCP' }] }] }] }),
    ['spec.ingress[0].toPorts[0].ports[0].port is 70000; ports are 0 to 65535'],
  ],
  [
    'ICMP as a protocol of ports, and endPort below port beside it',
    cilium({ ingress: [{ toPorts: [{ ports: [{ port: '90', endPort: 80, protocol: 'ICMP' }] }] }] }),
    [
      'spec.ingress[0].toPorts[0].ports[0].protocol is "ICMP"; Cilium knows TCP, UDP, SCTP, ANY, VRRP, IGMP, GRE, IPIP, IPV6, ESP, AH',
      'spec.ingress[0].toPorts[0].ports[0].endPort is 80, below port 90; fix: port: "80", endPort: 90',
    ],
  ],
  [
    "endPort too high in Cilium's words",
    cilium({ ingress: [{ toPorts: [{ ports: [{ port: '65000', endPort: 70000, protocol: 'TCP' }] }] }] }),
    ['spec.ingress[0].toPorts[0].ports[0].endPort is 70000; ports are 1 to 65535; fix: 65535'],
  ],
  [
    "host bits and except outside in Cilium's words",
    cilium({
      ingress: [
        { fromCIDR: ['10.0.0.7/8'] },
        { fromCIDRSet: [{ cidr: '10.0.0.0/8', except: ['192.168.0.0/16'] }] },
        { fromEndpoints: [{ matchExpressions: [{ key: 'a', operator: 'Exist' }] }] },
      ],
    }),
    [
      'spec.ingress[0].fromCIDR[0] is "10.0.0.7/8", which has host bits set; fix: 10.0.0.0/8',
      'spec.ingress[1].fromCIDRSet[0].except[0] is 192.168.0.0/16, which must lie inside 10.0.0.0/8 and be smaller',
      'spec.ingress[2].fromEndpoints[0].matchExpressions[0].operator is "Exist"; the operators are In, NotIn, Exists, DoesNotExist; fix: Exists',
    ],
  ],
  [
    'endPort below port of every protocol, once',
    cilium({ ingress: [{ toPorts: [{ ports: [{ port: '90', endPort: 80 }] }] }] }),
    ['spec.ingress[0].toPorts[0].ports[0].endPort is 80, below port 90; fix: port: "80", endPort: 90'],
  ],
  [
    'names that are none',
    cilium({ egress: [{ toFQDNs: [{ matchName: '*.example.com' }, { matchName: 'a', matchPattern: 'b c' }] }] }),
    [
      'spec.egress[0].toFQDNs[0].matchName is "*.example.com", no DNS name; fix: matchPattern: "*.example.com"',
      'spec.egress[0].toFQDNs[1] has both matchName and matchPattern; write two entries',
      'spec.egress[0].toFQDNs[1].matchPattern is "b c", no DNS name',
    ],
  ],
  ['an order of Calico that is no number', calico({ order: 'first' }), ['spec.order is "first", not a number']],
  [
    'rules of Calico whose direction is misspelt',
    calico({
      types: ['Ingres'],
      ingress: [
        { action: 'Allw' },
        {
          action: 'Allow',
          protocol: 'TCP',
          source: { nets: ['10.0.0.7/8'] },
          destination: { ports: [70000, '90:80', '65000:70000', '70000:80000'] },
        },
      ],
    }),
    [
      'spec.types[0] is "Ingres"; types are Ingress and Egress',
      'spec.ingress[0].action is "Allw"; actions are Allow, Deny, Pass and Log',
      'spec.ingress[1].source.nets[0] is "10.0.0.7/8", which has host bits set; fix: 10.0.0.0/8',
      'spec.ingress[1].destination.ports[0] is 70000; ports are 1 to 65535',
      'spec.ingress[1].destination.ports[1] is "90:80"; a range is first:last, up to 65535; fix: 80:90',
      'spec.ingress[1].destination.ports[2] is "65000:70000"; a range is first:last, up to 65535; fix: 65000:65535',
      'spec.ingress[1].destination.ports[3] is "70000:80000"; a range is first:last, up to 65535',
    ],
  ],
])('%s', (_, manifest, messages) => {
  const found = faults([manifest]).filter((text) => text.startsWith('POLICY_INVALID'));
  expect(found.map((text) => text.replace(/^POLICY_INVALID m\.yaml:1 \w+ (x\/)?policy: /, ''))).toEqual(messages);
});

describe('a file', () => {
  const said = (text: string) =>
    readWorld([{ path: 'a.yaml', text }]).findings.map(({ where, message }) => `${where ?? ''}: ${message}`);

  test('whose aliases multiply is unreadable, and one with many of them is not', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [i, last] of [...'abcde'].entries())
      bomb.push(`${i}: &${'bcdef'.charAt(i)} [${`*${last}, `.repeat(10)}]`);
    expect(said(bomb.join('\n'))).toEqual(['a.yaml:1: its aliases stand for more than 10000 values']);
    expect(said(`labels: &l { app: web }\nall: [${'*l, '.repeat(500)}]`)).toEqual([]);
  });

  test('with an object that lacks its kind or version is one that the API server refuses', () => {
    const rest = 'metadata: { name: x }\nspec: { podSelector: {} }\n';
    expect(said(`kind: NetworkPolicy\n${rest}`)).toEqual(['a.yaml:1: NetworkPolicy has no apiVersion']);
    expect(said(`apiVersion: networking.k8s.io/v1\n${rest}`)).toEqual([
      'a.yaml:1: an object of networking.k8s.io/v1 has no kind',
    ]);
    expect(said('kind: values of a chart\nspec: {}\n')).toEqual([]);
  });

  test('with a typed list holds what the list says of its items', () => {
    const list = (item: object) =>
      JSON.stringify({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicyList', items: [item] });
    expect(said(list({ metadata: { name: 'x' }, spec: { podSelector: {}, ingress: 5 } }))).toEqual([
      expect.stringContaining('spec.ingress'),
    ]);
  });
});

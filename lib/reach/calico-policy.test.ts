import { ask, faults, namespace, networkPolicy, pod } from '../../test/reach/ask';

function calico(kind: string, metadata: object, spec: object): string {
  return JSON.stringify({ apiVersion: 'projectcalico.org/v3', kind, metadata, spec });
}

const globally = (name: string, spec: object) => calico('GlobalNetworkPolicy', { name }, spec);
const inX = (name: string, spec: object) => calico('NetworkPolicy', { name, namespace: 'x' }, spec);
const tier = (name: string, order: number, defaultAction = 'Deny') =>
  calico('Tier', { name }, { order, defaultAction });

const WORLD = [
  namespace('x', { team: 'red' }),
  namespace('y'),
  pod('x', 'server', { app: 'server' }, { containers: [{ name: 'c', ports: [{ name: 'web', containerPort: 8080 }] }] }),
  pod('x', 'client', { app: 'client' }, { serviceAccountName: 'reader' }),
  pod('y', 'client', { app: 'client' }),
];

const asked = (...policies: string[]) => ask([...WORLD, ...policies], { engine: 'calico' });

const SOURCES = ['x/client', 'y/client', '203.0.113.1', '198.51.100.1'];

/** Who reaches the server over TCP 80 by one rule. */
function from(make: (name: string, spec: object) => string, source: object, ...others: string[]): string[] {
  const policy = make('p', {
    selector: "app == 'server'",
    ingress: [{ action: 'Allow', protocol: 'TCP', source, destination: { ports: [80] } }],
  });
  const { allowed } = asked(policy, ...others);
  return SOURCES.filter((each) => allowed(each, 'x/server') !== 'none');
}

describe('whom a rule is about', () => {
  const nets = (name: string, labels: object, ...of: string[]) =>
    calico('GlobalNetworkSet', { name, labels }, { nets: of });

  test.each([
    ['nothing: everyone', {}, SOURCES],
    ['a selector in a namespaced policy: its own namespace', { selector: "app == 'client'" }, ['x/client']],
    [
      'a namespaceSelector takes it further',
      { selector: "app == 'client'", namespaceSelector: 'all()' },
      ['x/client', 'y/client'],
    ],
    ['a namespace by its label', { namespaceSelector: "team == 'red'" }, ['x/client']],
    ['a namespace by its name', { namespaceSelector: "projectcalico.org/name == 'y'" }, ['y/client']],
    ['global() is nothing of a namespace', { namespaceSelector: 'global()' }, []],
    ['a service account', { serviceAccounts: { names: ['reader'] } }, ['x/client']],
    ['nets', { nets: ['203.0.113.0/24'] }, ['203.0.113.1']],
    ['nets but for some', { nets: ['0.0.0.0/0'], notNets: ['203.0.113.0/24', '10.0.0.0/8'] }, ['198.51.100.1']],
    ['notSelector alone: also what has no labels', { notSelector: "app == 'client'" }, ['203.0.113.1', '198.51.100.1']],
    ['a selector and nets that hold no pod', { selector: 'all()', nets: ['203.0.113.0/24'] }, []],
  ])('%s', (_, source, expected) => expect(from(inX, source)).toEqual(expected));

  test('a selector in a global policy: every namespace, and sets of addresses', () => {
    expect(from(globally, { selector: "app == 'client'" })).toEqual(['x/client', 'y/client']);
    expect(
      from(globally, { selector: "zone == 'office'" }, nets('office', { zone: 'office' }, '203.0.113.0/24')),
    ).toEqual(['203.0.113.1']);
    expect(from(inX, { selector: "zone == 'office'" }, nets('office', { zone: 'office' }, '203.0.113.0/24'))).toEqual(
      [],
    );
    expect(
      from(
        inX,
        { selector: "zone == 'office'", namespaceSelector: 'global()' },
        nets('office', { zone: 'office' }, '203.0.113.0/24'),
      ),
    ).toEqual(['203.0.113.1']);
  });
});

describe('selectors', () => {
  test.each([
    ['all()', true],
    ['has(app)', true],
    ['!has(app)', false],
    ["app != 'client'", false],
    ["tier != 'x'", true],
    ["app in {'client', 'other'}", true],
    ["app not in {'client'}", false],
    ["app contains 'lie'", true],
    ["app starts with 'cl' && app ends with 'nt'", true],
    ["(app == 'a' || has(app)) && !(app == 'b')", true],
    ["pcns.team == 'red'", true],
    ["projectcalico.org/namespace == 'x'", true],
    ["pcsa.team == 'red'", false],
  ])('%s', (selector, finds) => expect(from(globally, { selector }).includes('x/client')).toBe(finds));

  test.each([
    ["app = 'a'", 'nothing can begin with ='],
    ["app == 'a' &&", 'a label should stand where it ends does'],
    ["(app == 'a'", ') is missing'],
    ['app == a', 'a text in quotes should stand where a does'],
  ])('%s is none', (selector, why) => {
    const [fault] = faults([inX('p', { selector, ingress: [] })]);
    expect(fault).toBe(
      `POLICY_INVALID m.yaml:1 NetworkPolicy x/p: spec.selector is ${JSON.stringify(selector)}, no selector: ${why}`,
    );
  });
});

describe('order', () => {
  const rule = (action: string, source: object = {}) => ({ action, source });
  const reaches = (...policies: string[]) => {
    const { allowed } = asked(...policies);
    return [allowed('x/client', 'x/server'), allowed('y/client', 'x/server')];
  };
  const p = (name: string, order: number | undefined, ...ingress: object[]) =>
    globally(name, {
      ...(order === undefined ? {} : { order }),
      selector: "app == 'server'",
      types: ['Ingress'],
      ingress,
    });
  const X = { namespaceSelector: "team == 'red'" };

  test('the first rule that matches decides', () => {
    expect(reaches(p('p', 1, rule('Deny', X), rule('Allow')))).toEqual(['none', 'all']);
    expect(reaches(p('p', 1, rule('Allow', X), rule('Deny')))).toEqual(['all', 'none']);
  });

  test('the policy of the lower order is asked first, one without any last', () => {
    expect(reaches(p('a', 20, rule('Allow')), p('b', 10, rule('Deny', X)))).toEqual(['none', 'all']);
    expect(reaches(p('a', undefined, rule('Deny')), p('b', 10, rule('Allow', X)))).toEqual(['all', 'none']);
  });

  test('names settle what orders do not', () => {
    expect(reaches(p('a', 1, rule('Deny')), p('b', 1, rule('Allow')))).toEqual(['none', 'none']);
  });

  test('a log decides nothing', () =>
    expect(reaches(p('p', 1, rule('Log'), rule('Allow', X)))).toEqual(['all', 'none']));

  test('what no rule of a tier decides is denied, or passes on if the tier says so', () => {
    const early = (name: string, ...ingress: object[]) =>
      globally(name, { tier: 'early', selector: "app == 'server'", types: ['Ingress'], ingress });
    expect(reaches(tier('early', 1), early('p', rule('Allow', X)), p('q', 1, rule('Allow')))).toEqual(['all', 'none']);
    expect(reaches(tier('early', 1, 'Pass'), early('p', rule('Deny', X)), p('q', 1, rule('Allow')))).toEqual([
      'none',
      'all',
    ]);
  });

  test('pass hands on to the next tier, and without one the pod is open', () => {
    const early = globally('p', {
      tier: 'early',
      selector: "app == 'server'",
      types: ['Ingress'],
      ingress: [rule('Pass', X), rule('Deny')],
    });
    expect(reaches(tier('early', 1), early, p('q', 1, rule('Deny')))).toEqual(['none', 'none']);
    expect(reaches(tier('early', 1), early)).toEqual(['all', 'none']);
  });

  test("Kubernetes' policies have order 1000 in the default tier", () => {
    const open = networkPolicy('x', { podSelector: {}, ingress: [{}] });
    expect(reaches(open, p('p', 999, rule('Deny', X)))).toEqual(['none', 'all']);
    expect(reaches(open, p('p', 1001, rule('Deny', X)))).toEqual(['all', 'all']);
  });
});

describe('directions and ports', () => {
  const open = (spec: object) => {
    const { allowed } = asked(inX('p', { selector: "app == 'server'", ...spec }));
    return [allowed('x/client', 'x/server'), allowed('x/server', 'x/client')];
  };

  test.each([
    ['no types and no rules: ingress', {}, ['none', 'all']],
    ['no types and egress alone: egress', { egress: [{ action: 'Allow' }] }, ['all', 'all']],
    ['no types and both', { ingress: [{ action: 'Allow' }], egress: [{ action: 'Deny' }] }, ['all', 'none']],
    ['types decide', { types: ['Egress'] }, ['all', 'none']],
    [
      'a range and a name',
      { ingress: [{ action: 'Allow', protocol: 'TCP', destination: { ports: ['1:5', 'web', 80] } }] },
      ['TCP 1-5, 80, 8080', 'all'],
    ],
    [
      'but for some',
      { ingress: [{ action: 'Allow', protocol: 'TCP', destination: { notPorts: ['2:65535'] } }] },
      ['TCP 1', 'all'],
    ],
    [
      'but for a protocol',
      { ingress: [{ action: 'Allow', notProtocol: 'TCP' }] },
      ['UDP; SCTP; ICMP; ICMPv6; IP protocol', 'all'],
    ],
    ['ICMP of a type', { ingress: [{ action: 'Allow', protocol: 'ICMP', icmp: { type: 8 } }] }, ['ICMP 8', 'all']],
    [
      'a rule for other endpoints of the policy',
      { ingress: [{ action: 'Allow', destination: { selector: "app == 'client'" } }] },
      ['none', 'all'],
    ],
  ])('%s', (_, spec, expected) => expect(open(spec)).toEqual(expected));

  test('ports of the source and HTTP narrow', () => {
    const spec = {
      selector: "app == 'server'",
      ingress: [
        {
          action: 'Allow',
          protocol: 'TCP',
          source: { ports: [53] },
          destination: { ports: [80] },
          http: { methods: ['GET'] },
        },
      ],
    };
    expect(asked(inX('p', spec)).narrowed('x/client', 'x/server')).toEqual(['TCP 80: from port 53, HTTP GET']);
  });

  test('a deny that asks for more than can be told leaves it open', () => {
    const spec = {
      selector: "app == 'server'",
      ingress: [{ action: 'Deny', protocol: 'TCP', source: { ports: [53] } }, { action: 'Allow' }],
    };
    expect(asked(inX('p', spec)).open('x/client', 'x/server')).toEqual(['TCP (rule)']);
  });
});

describe('host endpoints', () => {
  const host = (profiles: string[] = []) =>
    calico(
      'HostEndpoint',
      { name: 'eth0', labels: { role: 'node' } },
      { node: 'n', interfaceName: 'eth0', expectedIPs: ['203.0.113.9'], profiles },
    );
  const policy = (spec: object) => globally('p', { selector: "role == 'node'", ...spec });
  const entering = (...manifests: string[]) => asked(...manifests).allowed('198.51.100.1', 'host eth0');
  const FAILSAFE = 'TCP 22, 179, 2379-2380, 5473, 6443, 6666-6667; UDP 68';

  test('is closed without a policy but for failsafe ports, unless its profile opens it', () => {
    expect(entering(host())).toBe(FAILSAFE);
    expect(entering(host(['projectcalico-default-allow']))).toBe('all');
  });

  test('failsafe ports stay open whatever a policy says', () => {
    expect(entering(host(), policy({ ingress: [{ action: 'Deny' }] }))).toBe(FAILSAFE);
    expect(
      entering(host(), policy({ ingress: [{ action: 'Allow', protocol: 'TCP', destination: { ports: [80] } }] })),
    ).toContain('TCP 22, 80, 179');
  });

  test('a policy before connection tracking decides at once, one before Services are resolved only denies', () => {
    const allow = {
      ingress: [{ action: 'Allow', protocol: 'TCP', destination: { ports: [80] } }],
      applyOnForward: true,
    };
    expect(entering(host(), policy({ ...allow, doNotTrack: true }))).toContain('80');
    expect(entering(host(), policy({ ...allow, preDNAT: true }))).toBe(FAILSAFE);
    const deny = {
      ingress: [{ action: 'Deny', protocol: 'TCP', destination: { ports: [80] } }],
      applyOnForward: true,
      preDNAT: true,
    };
    expect(entering(host(['projectcalico-default-allow']), policy(deny))).toBe(
      'TCP 1-79, 81-65535; UDP; SCTP; ICMP; ICMPv6; IP protocol',
    );
  });

  test('neither of the two bears on pods', () => {
    const deny = globally('p', {
      selector: 'all()',
      preDNAT: true,
      applyOnForward: true,
      ingress: [{ action: 'Deny' }],
    });
    expect(asked(deny).allowed('y/client', 'x/server')).toBe('all');
  });
});

test.each([
  [
    'an unknown action',
    { ingress: [{ action: 'allow' }] },
    'spec.ingress[0].action is "allow"; actions are Allow, Deny, Pass and Log',
  ],
  [
    'ports without a protocol',
    { ingress: [{ action: 'Allow', destination: { ports: [80] } }] },
    'spec.ingress[0].destination.ports needs a protocol that has ports: TCP, UDP or SCTP',
  ],
  [
    'a port too high',
    { ingress: [{ action: 'Allow', protocol: 'TCP', destination: { ports: [70000] } }] },
    'spec.ingress[0].destination.ports[0] is 70000; ports are 1 to 65535',
  ],
  [
    'a field of host endpoints in a namespaced policy',
    { preDNAT: true },
    'spec.preDNAT is a field that does not exist here',
  ],
])('refuses %s', (_, spec, message) => {
  expect(faults([inX('p', spec)])).toEqual([`POLICY_INVALID m.yaml:1 NetworkPolicy x/p: ${message}`]);
});

import { ask, namespace, networkPolicy, pod } from '../../test/reach/ask';

/** Three namespaces of three pods each, as Kubernetes' own tests of network policies have them. */
const NAMES = ['x', 'y', 'z'].flatMap((where) => ['a', 'b', 'c'].map((name) => `${where}/${name}`));
const PORTS = [
  { name: 'serve-80-tcp', containerPort: 80, protocol: 'TCP' },
  { name: 'serve-81-tcp', containerPort: 81, protocol: 'TCP' },
  { name: 'serve-80-udp', containerPort: 80, protocol: 'UDP' },
];
const WORLD = [
  ...['x', 'y', 'z'].map((name) => namespace(name, { ns: name })),
  ...NAMES.map((id) => {
    const [where = '', name = ''] = id.split('/');
    return pod(where, name, { pod: name }, { containers: [{ name: 'c', ports: PORTS }] });
  }),
];

const OPEN = NAMES.map((_, i) => NAMES.map((_each, j) => (i === j ? '=' : 'X')).join(''));

/** The square when some pods can be reached only by some: all others are open. */
function square(reached: (from: string, to: string) => boolean): string[] {
  return NAMES.map((from) => NAMES.map((to) => (from === to ? '=' : reached(from, to) ? 'X' : '.')).join(''));
}

function table(...policies: string[]): string[] {
  return ask([...WORLD, ...policies]).table(NAMES);
}

const inX = (id: string) => id.startsWith('x/');
const A = { matchLabels: { pod: 'a' } };
const ns = (...names: string[]) => ({ matchExpressions: [{ key: 'ns', operator: 'In', values: names }] });

describe("the truth tables of Kubernetes' own policy tests", () => {
  test('without a policy everything is open', () => expect(table()).toEqual(OPEN));

  test('deny all ingress of a namespace', () => {
    expect(table(networkPolicy('x', { podSelector: {}, policyTypes: ['Ingress'] }))).toEqual(
      square((_, to) => !inX(to)),
    );
  });

  test('deny all egress of a namespace', () => {
    expect(table(networkPolicy('x', { podSelector: {}, policyTypes: ['Egress'] }))).toEqual(
      square((from) => !inX(from)),
    );
  });

  test('allow ingress from pods of the same namespace', () => {
    const policy = networkPolicy('x', {
      podSelector: A,
      ingress: [{ from: [{ podSelector: { matchLabels: { pod: 'b' } } }] }],
    });
    expect(table(policy)).toEqual(square((from, to) => to !== 'x/a' || from === 'x/b'));
  });

  test('allow ingress from a namespace, by its label and by its name', () => {
    const expected = square((from, to) => to !== 'x/a' || from.startsWith('y/'));
    expect(
      table(networkPolicy('x', { podSelector: A, ingress: [{ from: [{ namespaceSelector: ns('y') }] }] })),
    ).toEqual(expected);
    const byName = { matchLabels: { 'kubernetes.io/metadata.name': 'y' } };
    expect(table(networkPolicy('x', { podSelector: A, ingress: [{ from: [{ namespaceSelector: byName }] }] }))).toEqual(
      expected,
    );
  });

  test('two selectors in one peer are AND, in two peers OR', () => {
    const pods = { matchLabels: { pod: 'b' } };
    const and = networkPolicy('x', {
      podSelector: A,
      ingress: [{ from: [{ namespaceSelector: ns('y', 'z'), podSelector: pods }] }],
    });
    expect(table(and)).toEqual(square((from, to) => to !== 'x/a' || from === 'y/b' || from === 'z/b'));
    const or = networkPolicy('x', {
      podSelector: A,
      ingress: [{ from: [{ namespaceSelector: ns('y', 'z') }, { podSelector: pods }] }],
    });
    expect(table(or)).toEqual(square((from, to) => to !== 'x/a' || !inX(from) || from === 'x/b'));
  });

  test('several expressions in one selector are AND', () => {
    const podSelector = {
      matchExpressions: [
        { key: 'pod', operator: 'In', values: ['a', 'b'] },
        { key: 'pod', operator: 'NotIn', values: ['b'] },
      ],
    };
    expect(table(networkPolicy('x', { podSelector, policyTypes: ['Ingress'] }))).toEqual(
      square((_, to) => to !== 'x/a'),
    );
  });

  test('egress of the source and ingress of the destination must both allow', () => {
    const out = networkPolicy(
      'x',
      { podSelector: A, policyTypes: ['Egress'], egress: [{ to: [{ namespaceSelector: ns('y') }] }] },
      'out',
    );
    const into = networkPolicy('y', { podSelector: A, ingress: [{ from: [{ namespaceSelector: ns('z') }] }] }, 'into');
    expect(table(out, into)).toEqual(
      square((from, to) => (from !== 'x/a' || to.startsWith('y/')) && (to !== 'y/a' || from.startsWith('z/'))),
    );
  });

  test('policies add up: one that allows everything undoes one that denies', () => {
    const deny = networkPolicy('x', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, 'deny');
    const allow = networkPolicy(
      'x',
      { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{}], egress: [{}] },
      'allow',
    );
    expect(table(deny, allow)).toEqual(OPEN);
  });

  test('a policy is for its own namespace alone', () => {
    expect(table(networkPolicy('nowhere', { podSelector: {}, policyTypes: ['Ingress'] }))).toEqual(OPEN);
  });
});

describe('empty and absent', () => {
  const allowed = (spec: object) => {
    const asked = ask([...WORLD, networkPolicy('x', { podSelector: A, ...spec })]);
    return [asked.allowed('y/a', 'x/a'), asked.allowed('203.0.113.1', 'x/a'), asked.allowed('x/a', 'y/a')];
  };

  test.each([
    ['no ingress at all', {}, ['none', 'none', 'all']],
    ['an empty ingress', { ingress: [] }, ['none', 'none', 'all']],
    ['one rule that says nothing', { ingress: [{}] }, ['all', 'all', 'all']],
    ['an empty from and empty ports', { ingress: [{ from: [], ports: [] }] }, ['all', 'all', 'all']],
    ['null for a list', { ingress: [{ from: null, ports: null }] }, ['all', 'all', 'all']],
    [
      'an empty podSelector: the own namespace',
      { ingress: [{ from: [{ podSelector: {} }] }] },
      ['none', 'none', 'all'],
    ],
    [
      'an empty namespaceSelector: every pod, no address',
      { ingress: [{ from: [{ namespaceSelector: {} }] }] },
      ['all', 'none', 'all'],
    ],
    ['ports alone: from everyone', { ingress: [{ ports: [{ port: 80 }] }] }, ['TCP 80', 'TCP 80', 'all']],
    ['egress without policyTypes isolates both ways', { egress: [{}] }, ['none', 'none', 'all']],
    ['an empty egress without policyTypes isolates ingress alone', { egress: [] }, ['none', 'none', 'all']],
    ['policyTypes Egress alone', { policyTypes: ['Egress'] }, ['all', 'all', 'none']],
    [
      'policyTypes empty is as absent',
      { policyTypes: [], egress: [{ ports: [{ port: 1 }] }] },
      ['none', 'none', 'TCP 1'],
    ],
    [
      'ingress rules that policyTypes leave out',
      { policyTypes: ['Egress'], ingress: [{ ports: [{ port: 1 }] }] },
      ['all', 'all', 'none'],
    ],
  ])('%s', (_, spec, expected) => expect(allowed(spec)).toEqual(expected));
});

describe('ports', () => {
  const ingress = (...ports: object[]) =>
    ask([...WORLD, networkPolicy('x', { podSelector: A, ingress: [{ ports }] })]).allowed('y/a', 'x/a');
  const egress = (...ports: object[]) =>
    ask([...WORLD, networkPolicy('x', { podSelector: A, policyTypes: ['Egress'], egress: [{ ports }] })]).allowed(
      'x/a',
      'y/a',
    );

  test.each([
    ['TCP is the default', [{ port: 80 }], 'TCP 80'],
    ['a protocol alone is all its ports', [{ protocol: 'UDP' }], 'UDP'],
    ['a range', [{ port: 80, endPort: 82 }], 'TCP 80-82'],
    ['ranges that touch are one', [{ port: 80, endPort: 82 }, { port: 83 }], 'TCP 80-83'],
    ['SCTP', [{ port: 80, protocol: 'SCTP' }], 'SCTP 80'],
    ['a name', [{ port: 'serve-81-tcp' }], 'TCP 81'],
    ['a name of another protocol is none', [{ port: 'serve-80-udp' }], 'none'],
    ['a name and its protocol', [{ port: 'serve-80-udp', protocol: 'UDP' }], 'UDP 80'],
    ['a name that no pod has', [{ port: 'metrics' }], 'none'],
  ])('%s', (_, ports, expected) => {
    expect(ingress(...ports)).toBe(expected);
    expect(egress(...ports)).toBe(expected);
  });

  test('a name means what it means at the destination', () => {
    const server = (name: string, containerPort: number) =>
      pod('x', name, { pod: name }, { containers: [{ name: 'c', ports: [{ name: 'web', containerPort }] }] });
    const policy = networkPolicy('x', {
      podSelector: A,
      policyTypes: ['Egress'],
      egress: [{ ports: [{ port: 'web' }] }],
    });
    const { allowed } = ask([server('a', 1), server('b', 8080), server('c', 9090), policy]);
    expect([allowed('x/a', 'x/b'), allowed('x/a', 'x/c'), allowed('x/a', '203.0.113.1')]).toEqual([
      'TCP 8080',
      'TCP 9090',
      'none',
    ]);
  });
});

describe('ipBlock', () => {
  const block = (cidr: string, ...except: string[]) => ({ ipBlock: { cidr, except } });
  const asked = (...to: object[]) =>
    ask([...WORLD, networkPolicy('x', { podSelector: A, policyTypes: ['Egress'], egress: [{ to }] })]);

  test('except is a hole, which another rule may fill', () => {
    const { allowed } = asked(block('203.0.113.0/24', '203.0.113.0/25'));
    expect([allowed('x/a', '203.0.113.1'), allowed('x/a', '203.0.113.200'), allowed('x/a', '198.51.100.1')]).toEqual([
      'none',
      'all',
      'none',
    ]);
    expect(
      asked(block('203.0.113.0/24', '203.0.113.0/25'), block('203.0.113.1/32')).allowed('x/a', '203.0.113.1'),
    ).toBe('all');
  });

  test('IPv6 is as exact as IPv4', () => {
    const { allowed } = asked(block('2001:db8::/32', '2001:db8:1::/48'));
    expect([allowed('x/a', '2001:db8::1'), allowed('x/a', '2001:db8:1::1'), allowed('x/a', '203.0.113.1')]).toEqual([
      'all',
      'none',
      'none',
    ]);
  });

  test('one that holds the pod range finds pods, one that holds a part of it may', () => {
    expect(asked(block('0.0.0.0/0')).allowed('x/a', 'y/a')).toBe('all');
    expect(asked(block('0.0.0.0/0', '10.0.0.0/8')).allowed('x/a', 'y/a')).toBe('none');
    const part = asked(block('10.42.7.0/24'));
    expect([part.allowed('x/a', 'y/a'), part.open('x/a', 'y/a')]).toEqual(['none', ['all (pod-address)']]);
  });
});

import { ask, namespace, pod } from '../../test/reach/ask';

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

describe('ports', () => {
  const passing = (rule: object) =>
    asked(cilium('x', { endpointSelector: is('server'), ingress: [{ fromEndpoints: [{}], ...rule }] })).allowed(
      'x/client',
      'x/server',
    );

  test.each([
    ['any protocol is the default', { toPorts: [{ ports: [{ port: '80' }] }] }, 'TCP 80; UDP 80; SCTP 80'],
    ['a range', { toPorts: [{ ports: [{ port: '80', endPort: 90, protocol: 'TCP' }] }] }, 'TCP 80-90'],
    ['port 0 is all ports', { toPorts: [{ ports: [{ port: '0', protocol: 'UDP' }] }] }, 'UDP'],
    ['a protocol without ports', { toPorts: [{ ports: [{ protocol: 'ESP' }] }] }, 'IP protocol 50'],
    [
      'ICMP by number and by name',
      { icmps: [{ fields: [{ type: 8 }, { family: 'IPv6', type: 'EchoRequest' }] }] },
      'ICMP 8; ICMPv6 128',
    ],
  ])('%s', (_, rule, expected) => expect(passing(rule)).toBe(expected));

  test('an HTTP rule narrows, unless another rule lets the port through as it is', () => {
    const http = {
      fromEndpoints: [{}],
      toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{ method: 'GET', path: '/a' }] } }],
    };
    expect(
      asked(cilium('x', { endpointSelector: is('server'), ingress: [http] })).narrowed('x/client', 'x/server'),
    ).toEqual(['TCP 80: HTTP GET /a']);
    expect(
      asked(cilium('x', { endpointSelector: is('server'), ingress: [http, { toPorts: tcp(80) }] })).narrowed(
        'x/client',
        'x/server',
      ),
    ).toEqual([]);
  });
});

describe('policies for nodes', () => {
  const closed = cilium(undefined, {
    nodeSelector: { matchLabels: { role: 'edge' } },
    ingress: [{ fromEntities: ['cluster'], toPorts: tcp(10250) }],
  });

  test('bear on the nodes of the tree that they select', () => {
    const node = (name: string, role: string) =>
      JSON.stringify({ apiVersion: 'v1', kind: 'Node', metadata: { name, labels: { role } } });
    const { allowed } = asked(closed, node('n1', 'edge'), node('n2', 'core'));
    expect([
      allowed('x/client', 'node n1'),
      allowed('203.0.113.1', 'node n1'),
      allowed('203.0.113.1', 'node n2'),
    ]).toEqual(['TCP 10250', 'none', 'all']);
  });

  test('stand for themselves where the tree has no nodes', () => {
    expect(asked(closed).allowed('x/client', 'nodes role=edge')).toBe('TCP 10250');
  });
});

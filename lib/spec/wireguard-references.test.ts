import { broken } from '../../test/specs/small';
import { printPath } from './finding';
import { parseCluster } from './parse';

type Change = readonly [path: readonly (string | number)[], value: unknown];

const KEY_ALPHA = 'HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=';
const KEY_BETA = 'xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=';

/** The small cluster with both of its nodes on the overlay, and something else in it. */
const found = (...changes: readonly Change[]) =>
  parseCluster(
    broken(
      [['nodes', 'alpha', 'addresses', 'overlay'], '10.9.0.1'],
      [['nodes', 'alpha', 'wireguard'], { overlay: { publicKey: KEY_ALPHA } }],
      [['nodes', 'beta', 'addresses', 'overlay'], '10.9.0.2'],
      [['nodes', 'beta', 'wireguard'], { overlay: { publicKey: KEY_BETA } }],
      ...changes,
    ),
  ).findings;
const end = (node: string, value: unknown): Change => [['nodes', node, 'wireguard', 'overlay'], value];
const overlay = (key: string, value: unknown): Change => [['networks', 'overlay', key], value];
const nat = (node: string): Change => [['nodes', node, 'wireguard', 'overlay', 'behindNat'], true];

test('two nodes with a key each are right', () => {
  expect(found()).toEqual([]);
  expect(found(nat('beta'))).toEqual([]);
  expect(found(overlay('topology', { hub: 'alpha' }), nat('beta'))).toEqual([]);
});

const cases: [string, Change[], string, RegExp, RegExp][] = [
  [
    'a node without a key is told how to make one',
    [end('beta', undefined)],
    'SPEC_INVALID nodes.beta.wireguard.overlay',
    /node beta has an address on the WireGuard network overlay, but no key/,
    /wg genkey \| tee \/etc\/wireguard\/wg0\.key \| wg pubkey.* at nodes\.beta\.wireguard\.overlay\.publicKey/,
  ],
  [
    'a key without an address',
    [[['nodes', 'beta', 'addresses', 'overlay'], undefined]],
    'NODE_WITHOUT_ADDRESS nodes.beta.addresses.overlay',
    /node beta has a key on the WireGuard network overlay, but no address there/,
    /nodes\.beta\.addresses\.overlay/,
  ],
  [
    'the same key on two nodes',
    [end('beta', { publicKey: KEY_ALPHA })],
    'SPEC_INVALID nodes.beta.wireguard.overlay.publicKey + nodes.alpha.wireguard.overlay.publicKey',
    /nodes alpha and beta have the same WireGuard key/,
    /a key of its own/,
  ],
  [
    'a hub behind NAT',
    [overlay('topology', { hub: 'alpha' }), nat('alpha')],
    'SPEC_INVALID networks.overlay.topology.hub',
    /alpha is to be the hub of overlay, and is behind NAT/,
    /^beta$/,
  ],
  [
    'a hub that is not on the overlay',
    [
      overlay('topology', { hub: 'beta' }),
      [['nodes', 'beta', 'addresses', 'overlay'], undefined],
      [['nodes', 'beta', 'wireguard'], {}],
    ],
    'SPEC_INVALID networks.overlay.topology.hub',
    /beta is to be the hub of overlay, and has no address there/,
    /nodes\.beta\.addresses\.overlay/,
  ],
  [
    'a mesh in which two nodes are behind NAT',
    [
      nat('alpha'),
      nat('beta'),
      [
        ['nodes', 'gamma'],
        {
          role: 'agent',
          addresses: { lan: '192.168.10.13', overlay: '10.9.0.3' },
          wireguard: { overlay: { publicKey: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' } },
        },
      ],
    ],
    'SPEC_INVALID networks.overlay.topology',
    /alpha and beta are behind NAT, and in a mesh none of them can dial the other/,
    /^{ hub: gamma }$/,
  ],
  [
    'a port to dial behind NAT',
    [end('beta', { publicKey: KEY_BETA, behindNat: true, endpointPort: 4500 })],
    'SPEC_INVALID nodes.beta.wireguard.overlay.endpointPort',
    /peers cannot dial beta/,
    /leave it out/,
  ],
  [
    'nodes without a family in common',
    [
      [['networks', 'wan'], { kind: 'public', interface: 'eth1' }],
      overlay('over', 'wan'),
      [['nodes', 'alpha', 'addresses', 'wan'], '198.51.100.1'],
      [['nodes', 'beta', 'addresses', 'wan'], '2001:db8::2'],
    ],
    'SPEC_INVALID nodes.beta.addresses.wan',
    /alpha has IPv4 alone on wan and beta IPv6 alone/,
    /an IPv4 address for beta, or an IPv6 address for alpha/,
  ],
  [
    'an overlay that is to carry itself',
    [overlay('over', 'overlay')],
    'SPEC_INVALID networks.overlay.over',
    /the tunnels of overlay would be carried by overlay/,
    /without WireGuard/,
  ],
  [
    'an interface that exists already',
    [overlay('interface', 'eth0')],
    'SPEC_INVALID networks.overlay.interface',
    /makes the interface eth0 for overlay, and it is also that of lan/,
    /wg-overlay/,
  ],
  [
    'an interface that wg-quick would not take',
    [overlay('interface', 'wg@0')],
    'SPEC_INVALID networks.overlay.interface',
    /must be an interface name that wg-quick takes/,
    /./,
  ],
  [
    'pods that travel on the overlay without a tunnel of their own',
    [
      [['k3s', 'nodeNetwork'], 'overlay'],
      [['cni'], { kind: 'flannel', backend: 'host-gw' }],
    ],
    'SPEC_INVALID cni.backend',
    /with host-gw pods' packets travel under their own addresses, .* which pods are those of alpha, beta$/,
    /^vxlan; or, .* nodes\.NODE\.observedPodRange$/,
  ],
  [
    'pods without a tunnel whose ranges the pod network hands out itself',
    [
      [['k3s', 'nodeNetwork'], 'overlay'],
      [['nodes', 'alpha', 'observedPodRange'], '10.42.0.0/24'],
      [['nodes', 'beta', 'observedPodRange'], '10.42.1.0/24'],
      [['cni'], { kind: 'calico', encapsulation: 'None', bgp: true }],
    ],
    'SPEC_INVALID cni.encapsulation',
    /with None pods' packets travel under their own addresses, which no peer of overlay takes/,
    /^VXLAN$/,
  ],
  [
    'pods without a tunnel that have two families, of which a node states one range',
    [
      [
        ['nodes', 'alpha', 'addresses', 'overlay'],
        ['10.9.0.1', 'fd09::1'],
      ],
      [
        ['nodes', 'beta', 'addresses', 'overlay'],
        ['10.9.0.2', 'fd09::2'],
      ],
      [['k3s', 'nodeNetwork'], 'overlay'],
      [
        ['k3s', 'clusterCidrs'],
        ['10.42.0.0/16', 'fd42::/48'],
      ],
      [
        ['k3s', 'serviceCidrs'],
        ['10.43.0.0/16', 'fd43::/112'],
      ],
      [['cni'], { kind: 'flannel', backend: 'host-gw' }],
    ],
    'SPEC_INVALID cni.backend',
    /of two families, and what is known of a node is the range of one/,
    /^vxlan$/,
  ],
];

test.each(cases)('%s', (_, changes, at, says, fix) => {
  const findings = found(...changes);
  expect(findings.map((one) => `${one.code} ${one.at.map(printPath).join(' + ')}`)).toEqual([at]);
  expect(findings[0]?.message).toMatch(says);
  expect(findings[0]?.fix ?? 'none').toMatch(fix);
});

test('two overlays that carry each other are both found', () => {
  const inner = { kind: 'wireguard', interface: 'wg1', prefix: '10.8.0.0/24', over: 'overlay', port: 51821 };
  const findings = found([['networks', 'inner'], inner], overlay('over', 'inner'));
  const loops = findings.filter(({ message }) => message.includes('would be carried by'));
  expect(loops.map(({ at }) => printPath(at[0] ?? []))).toEqual(['networks.inner.over', 'networks.overlay.over']);
});

test('pods without a tunnel are right on an overlay whose peers know the pods of each node', () => {
  const ranges: [string[], unknown][] = [
    [['nodes', 'alpha', 'observedPodRange'], '10.42.0.0/24'],
    [['nodes', 'beta', 'observedPodRange'], '10.42.1.0/24'],
  ];
  const hostGw: [string[], unknown] = [['cni'], { kind: 'flannel', backend: 'host-gw' }];
  expect(found([['k3s', 'nodeNetwork'], 'overlay'], hostGw, ...ranges)).toEqual([]);
});

test('pods without a tunnel are right where the nodes meet on a LAN', () => {
  expect(found([['cni'], { kind: 'flannel', backend: 'host-gw' }])).toEqual([]);
});

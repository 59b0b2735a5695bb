import jigga from '../../../clusters/jigga';
import { codesOf, planOf } from '../../../test/support/plan';
import { bound, render, titles, type RenderedObject } from '../../../test/support/render';
import { smallSpec } from '../../../test/support/spec';
import { printEndpoint } from '../../plan/endpoint';
import { printPort } from '../../plan/flow';
import { clusterSchema, type ClusterSpec } from '../../spec/cluster';
import { metallb } from './index';

type Balancer = Extract<NonNullable<ClusterSpec['loadBalancers']>[number], { kind: 'metallb' }>;

const pool = { addresses: '192.168.50.200-192.168.50.209', network: 'lan' };
const spec = (changes: Partial<Balancer> = {}, more: Partial<ClusterSpec> = {}): ClusterSpec =>
  smallSpec({ loadBalancers: [{ kind: 'metallb', pools: { main: pool }, ...changes }], ...more });
const specOf = (objects: RenderedObject[], kind: string, name: string) =>
  objects.find((object) => object.kind === kind && object.metadata.name === name)?.spec;
const lines = (input: ClusterSpec) =>
  bound(metallb, input)
    .flows()
    .map((flow) => `${printEndpoint(flow.from)} → ${printEndpoint(flow.to)} ${printPort(flow)} over ${flow.over}`);

describe('jigga', () => {
  const objects = render(metallb, jigga);

  test('announces its pool on eth0 alone, under the names of the seed', () => {
    expect(titles(objects)).toEqual(['IPAddressPool metallb-system/lan-pool', 'L2Advertisement metallb-system/lan-l2']);
    expect(specOf(objects, 'IPAddressPool', 'lan-pool')).toEqual({
      addresses: ['192.168.7.230-192.168.7.232'],
      autoAssign: true,
    });
    expect(specOf(objects, 'L2Advertisement', 'lan-l2')).toEqual({
      ipAddressPools: ['lan-pool'],
      interfaces: ['eth0'],
    });
  });

  test('its objects wait for the controller that checks them, and its namespace lets speakers use the host', () => {
    const [pools] = objects.filter(({ kind }) => kind === 'IPAddressPool');
    const [namespace] = bound(metallb, jigga).namespaces();
    expect(Number(pools?.metadata.annotations?.['argocd.argoproj.io/sync-wave'])).toBeGreaterThan(0);
    expect(namespace?.labels?.['pod-security.kubernetes.io/enforce']).toBe('privileged');
  });

  test('speakers gossip on the nodes’ own network, and the API server has objects checked', () => {
    expect(lines(jigga)).toEqual(
      expect.arrayContaining([
        'metallb-system/metallb-speaker → metallb-system/metallb-speaker 7946/tcp over sdn',
        'metallb-system/metallb-speaker → metallb-system/metallb-speaker 7946/udp over sdn',
        'every server → metallb-system/metallb-controller 9443/tcp over pods',
      ]),
    );
  });
});

test('brings no FRR in layer 2, and has every port of the node in the register', () => {
  const part = bound(metallb, spec());
  expect(part.helm()?.values).toMatchObject({ frrk8s: { enabled: false }, speaker: { frr: { enabled: false } } });
  const onNode = part.listeners().filter(({ on }) => 'nodes' in on);
  expect(onNode.map(({ protocol, ports, bind }) => `${String(ports.host)}/${protocol} ${bind}`).sort()).toEqual([
    '17472/tcp loopback',
    '7946/tcp lan',
    '7946/udp lan',
    '9120/tcp all',
  ]);
});

test('owns allocation, announcement and its kinds', () => {
  const owned = planOf(spec()).provided.filter(({ owner }) => owner === 'metallb');
  expect(owned.map(({ name }) => name).sort()).toEqual([
    'crds',
    'load-balancer-addresses',
    'load-balancer-announcement',
  ]);
});

describe('which nodes announce', () => {
  const selectors = (nodes: NonNullable<Balancer['pools'][string]['nodes']>) =>
    (
      specOf(render(metallb, spec({ pools: { main: { ...pool, nodes } } })), 'L2Advertisement', 'main') as {
        nodeSelectors?: object[];
      }
    ).nodeSelectors;

  test.each([
    ['all' as const, undefined],
    ['servers' as const, [{ matchLabels: { 'node-role.kubernetes.io/control-plane': 'true' } }]],
    [
      'agents' as const,
      [{ matchExpressions: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'DoesNotExist' }] }],
    ],
    [
      { names: ['c', 'a'] },
      [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['a', 'c'] }] }],
    ],
  ])('%j', (nodes, expected) => {
    expect(selectors(nodes)).toEqual(expected);
  });

  test('a node that is not on the pool’s network is left out', () => {
    const nodes = {
      a: { role: 'server', addresses: { lan: '192.168.50.11', dmz: '192.168.60.11' } },
      b: { role: 'agent', addresses: { lan: '192.168.50.12' } },
    } as const;
    const networks = {
      ...smallSpec().networks,
      dmz: { kind: 'lan', interface: 'eth1', prefix: '192.168.60.0/24' },
    } as const;
    const pools = { main: { addresses: '192.168.60.200/29', network: 'dmz' } };
    const objects = render(metallb, spec({ pools }, { nodes, networks }));
    expect(specOf(objects, 'L2Advertisement', 'main')).toEqual({
      ipAddressPools: ['main'],
      interfaces: ['eth1'],
      nodeSelectors: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['a'] }] }],
    });
    expect(specOf(objects, 'IPAddressPool', 'main')).toMatchObject({ addresses: ['192.168.60.200/29'] });
  });

  test('pools of one advertisement share an object', () => {
    const pools = {
      one: { ...pool, advertisement: 'all' },
      two: { ...pool, addresses: '192.168.50.220', advertisement: 'all', autoAssign: false },
    };
    const objects = render(metallb, spec({ pools }));
    expect(specOf(objects, 'L2Advertisement', 'all')).toMatchObject({ ipAddressPools: ['one', 'two'] });
    expect(specOf(objects, 'IPAddressPool', 'two')).toMatchObject({ autoAssign: false });
  });
});

describe('IPVS', () => {
  const args = (input: ClusterSpec) =>
    planOf(input)
      .k3sFlags.get('a')
      ?.find(({ name }) => name === 'kube-proxy-arg');
  const ipvs = { k3s: { nodeNetwork: 'lan', proxy: { mode: 'ipvs' as const } } };

  test('every node would answer ARP for an address, so that MetalLB asks for strict ARP', () => {
    expect(args(spec({}, ipvs))?.value).toContain('ipvs-strict-arp=true');
    expect(args(spec({}, ipvs))?.reason).toContain('MetalLB answers ARP');
  });

  test('not with iptables', () => {
    expect(args(spec())?.value).toEqual(['proxy-mode=iptables']);
  });
});

describe('BGP', () => {
  const router = { address: '192.168.50.1', asn: 64500, myAsn: 64501 };
  const bgp = spec({
    mode: 'bgp',
    peers: { edge: { ...router, bfd: true } },
    communities: { 'no-export': '65535:65281' },
  });

  test('peers, advertisements, communities and BFD', () => {
    const objects = render(metallb, bgp);
    expect(titles(objects)).toEqual([
      'BFDProfile metallb-system/bfd',
      'BGPAdvertisement metallb-system/main',
      'BGPPeer metallb-system/edge',
      'Community metallb-system/wayleave',
      'IPAddressPool metallb-system/main',
    ]);
    expect(specOf(objects, 'BGPPeer', 'edge')).toEqual({
      peerAddress: '192.168.50.1',
      peerASN: 64500,
      myASN: 64501,
      bfdProfile: 'bfd',
    });
    expect(specOf(objects, 'BGPAdvertisement', 'main')).toEqual({
      ipAddressPools: ['main'],
      communities: ['no-export'],
    });
  });

  test('sessions go to the router on its network, BFD both ways', () => {
    expect(lines(bgp)).toEqual(
      expect.arrayContaining([
        'metallb-system/metallb-speaker → router edge 179/tcp over lan',
        'metallb-system/metallb-speaker → router edge 3784/udp over lan',
        'router edge → metallb-system/metallb-speaker 3784/udp over lan',
      ]),
    );
    expect(bound(metallb, bgp).helm()?.values).toMatchObject({ speaker: { frr: { enabled: true } } });
  });

  test('pools of one advertisement share it whichever networks they are on: no interface has a part in it', () => {
    const dmz = { kind: 'lan' as const, interface: 'eth1', prefix: '192.168.60.0/24' };
    const pools = {
      main: { addresses: '192.168.50.230', network: 'lan', advertisement: 'all' },
      outer: { addresses: '192.168.60.230', network: 'dmz', advertisement: 'all' },
    };
    const both = spec({ mode: 'bgp', pools, peers: { edge: router } });
    const objects = render(metallb, { ...both, networks: { ...both.networks, dmz } });
    expect(specOf(objects, 'BGPAdvertisement', 'all')).toEqual({ ipAddressPools: ['main', 'outer'] });
  });

  test('a community is two numbers of 16 bits', () => {
    const parsed = (own: string) =>
      clusterSchema.safeParse(spec({ mode: 'bgp', peers: { edge: router }, communities: { own } })).success;
    expect(['0:0', '65535:65535', '65536:1', '1:99999', '1', 'large:1:2:3'].filter(parsed)).toEqual([
      '0:0',
      '65535:65535',
    ]);
  });

  test('without a router there is nobody to tell', () => {
    expect(clusterSchema.safeParse(spec({ mode: 'bgp' })).error?.issues[0]?.path.join('.')).toBe(
      'loadBalancers.0.peers',
    );
  });
});

test('a pool outside its network is refused', () => {
  expect(codesOf(spec({ pools: { main: { addresses: '192.168.51.1-192.168.51.9', network: 'lan' } } }))).toEqual([
    'ADDRESS_OUTSIDE_NETWORK',
  ]);
});

test('a pool over a node is refused', () => {
  expect(codesOf(spec({ pools: { main: { addresses: '192.168.50.12-192.168.50.20', network: 'lan' } } }))).toEqual([
    'ADDRESS_OVERLAP',
  ]);
});

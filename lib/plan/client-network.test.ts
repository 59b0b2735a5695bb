import { crossroadsSpec } from '../../test/support/crossroads';
import { planOf } from '../../test/support/plan';
import type { Source } from '../spec/fields';
import { clusterSchema, type Cluster, type ClusterSpec } from '../spec/cluster';
import { AddressSet } from '../net/address-set';
import { callersAnywhere, callersByNetwork, callersByWayOut, frontNetwork, type NodePorts } from './client-network';
import { printEndpoint } from './endpoint';

const spec = clusterSchema.parse(crossroadsSpec());
const at = (front: string, nodes: NodePorts['nodes'] = 'all'): NodePorts => ({ nodes, front });
const network = (name: string): Source => ({ kind: 'network', network: name });
const addresses = (text: string): Source => ({ kind: 'addresses', addresses: AddressSet.parse(text) });

/** `lan: 192.168.50.20`, one a network. */
const ways = (source: Source, ports: NodePorts = at('wan'), among: Cluster = spec) =>
  callersByNetwork(among, source, ports).map(
    ({ from, over }) => `${over}: ${from.kind === 'range' ? String(from.addresses) : printEndpoint(from)}`,
  );

describe('whoever is on a network of the nodes', () => {
  test('dials them there, whatever the front network is', () => {
    expect(ways(network('lan'))).toEqual(['lan: 192.168.50.0/24']);
    expect(ways(network('lan'), at('sdn'))).toEqual(['lan: 192.168.50.0/24']);
    expect(ways(network('lan'), at('lan'))).toEqual(['lan: 192.168.50.0/24']);
    expect(ways(network('wan'), at('lan'))).toEqual(['wan: every node']);
  });

  test('does so too if it is known by its addresses, or by the name of a party', () => {
    expect(ways(addresses('192.168.50.20'))).toEqual(['lan: 192.168.50.20']);
    expect(ways(addresses('10.1.0.0/28'))).toEqual(['sdn: 10.1.0.0/28']);
    expect(ways({ kind: 'outside', outside: 'nas' })).toEqual(['lan: 192.168.50.5']);
  });

  test('is told from those of the same list who are elsewhere', () => {
    expect(ways(addresses('192.168.50.20, 203.0.113.9'))).toEqual(['lan: 192.168.50.20', 'wan: 203.0.113.9']);
    expect(ways(addresses('192.168.50.20, 10.1.0.5'))).toEqual(['lan: 192.168.50.20', 'sdn: 10.1.0.5']);
  });

  test('is a part of a prefix that is wider than its network, and the whole prefix may come from beyond', () => {
    expect(ways(addresses('192.168.0.0/16'))).toEqual(['lan: 192.168.50.0/24', 'wan: 192.168.0.0/16']);
  });
});

describe('everybody else dials the front network', () => {
  test.each<[string, Source]>([
    ['anywhere', { kind: 'anywhere' }],
    ['172.30.0.0/16', addresses('172.30.0.0/16')],
    ['203.0.113.0/28', { kind: 'outside', outside: 'office' }],
  ])('%s', (from, source) => {
    expect(ways(source)).toEqual([`wan: ${from}`]);
    expect(ways(source, at('lan'))).toEqual([`lan: ${from}`]);
  });

  test('proxies', () => {
    expect(callersByNetwork(spec, { kind: 'cloudflare' }, at('wan')).map(({ over }) => over)).toEqual(['wan']);
  });

  test('and members of a network that none of the answering nodes is on', () => {
    expect(ways(network('sdn'), at('lan', { names: ['b'] }))).toEqual(['lan: 10.1.0.0/24']);
    expect(ways(addresses('10.1.0.5'), at('lan', { names: ['b'] }))).toEqual(['lan: 10.1.0.5']);
  });
});

test('where some of the nodes are not on a network, its members come to those by a router, if it hides nobody', () => {
  expect(ways(network('sdn'), at('lan'))).toEqual(['sdn: 10.1.0.0/24', 'lan: 10.1.0.0/24']);
  expect(ways(addresses('10.1.0.5'), at('lan'))).toEqual(['sdn: 10.1.0.5', 'lan: 10.1.0.5']);
  expect(ways(network('sdn'), at('wan'))).toEqual(['sdn: 10.1.0.0/24']);
  expect(ways(network('sdn'), at('mesh'))).toEqual(['sdn: 10.1.0.0/24']);
});

describe('members of an overlay', () => {
  test('come by it', () => {
    expect(ways(network('mesh'))).toEqual(['mesh: 10.10.0.0/16']);
    expect(ways(addresses('10.10.0.2'))).toEqual(['mesh: 10.10.0.2']);
  });

  const tailnet = (tailnetNodes: ClusterSpec['nodes']): Cluster =>
    clusterSchema.parse(
      crossroadsSpec({
        networks: {
          lan: { kind: 'lan', interface: 'eth0', prefix: '192.168.50.0/24' },
          tailnet: { kind: 'tailnet', interface: 'tailscale0' },
        },
        nodes: tailnetNodes,
      }),
    );
  const home = tailnet({ a: { role: 'server', addresses: { lan: '192.168.50.11' } } });

  test('and by nothing else, if no node is on it', () => {
    expect(ways(network('tailnet'), at('lan'), home)).toEqual(['tailnet: 100.64.0.0/10']);
  });

  test('but by its routers among the pods, which dial as those do', () => {
    const tunnel = {
      kind: 'tailscale' as const,
      network: 'tailnet',
      connectors: { home: { routes: ['192.168.50.230/31'] } },
    };
    const routed = clusterSchema.parse({
      ...crossroadsSpec(),
      networks: { ...crossroadsSpec().networks, tailnet: { kind: 'tailnet', interface: 'tailscale0' } },
      tunnels: [tunnel],
    });
    expect(ways(network('tailnet'), at('lan'), routed)).toEqual(['lan: tailscale/home']);
  });

  test('on a node that is on it', () => {
    const there = tailnet({ a: { role: 'server', addresses: { lan: '192.168.50.11', tailnet: '100.64.0.1' } } });
    expect(ways(network('tailnet'), at('lan'), there)).toEqual(['tailnet: 100.64.0.0/10']);
  });
});

test('a port of every network: anyone comes by each, and who is far by the way out', () => {
  const over = (source: Source) => callersAnywhere(spec, source, 'all').map((one) => one.over);
  expect(over({ kind: 'anywhere' }).sort()).toEqual(['lan', 'mesh', 'sdn', 'wan']);
  expect(over({ kind: 'outside', outside: 'office' })).toEqual(['wan']);
  expect(over({ kind: 'outside', outside: 'nas' })).toEqual(['lan']);
});

describe('a port for which no network is named', () => {
  const lan = { kind: 'lan' as const, interface: 'eth0', prefix: '192.168.50.0/24', gateway: '192.168.50.1' };
  const users = { kind: 'lan' as const, interface: 'eth9', prefix: '192.168.60.0/24' };
  const routed = clusterSchema.parse(crossroadsSpec({ networks: { ...crossroadsSpec().networks, lan, users } }));
  const seen = (source: Source, among = routed) =>
    callersByWayOut(among, source, 'all').map(
      ({ from, over }) => `${over}: ${printEndpoint(from)}${from.kind === 'range' ? ` ${String(from.addresses)}` : ''}`,
    );

  test('is called by the router of a LAN from where the internet does not lead', () => {
    expect(seen(network('users'))).toEqual(['lan: users 192.168.60.0/24']);
    expect(seen(addresses('172.30.0.0/16'))).toEqual(['lan: 172.30.0.0/16 172.30.0.0/16']);
    expect(seen(addresses('172.30.0.0/16, 203.0.113.9'))).toEqual([
      'lan: 172.30.0.0/16 172.30.0.0/16',
      'wan: 203.0.113.9 203.0.113.9',
    ]);
  });

  test('is called by the way out by all others, and where no LAN of the nodes has a router', () => {
    expect(seen({ kind: 'outside', outside: 'office' })).toEqual(['wan: office 203.0.113.0/28']);
    expect(seen({ kind: 'anywhere' })).toEqual(['wan: anywhere']);
    expect(seen(addresses('10.1.0.5'))).toEqual(['sdn: 10.1.0.5 10.1.0.5']);
    expect(seen(addresses('172.30.0.0/16'), spec)).toEqual(['wan: 172.30.0.0/16 172.30.0.0/16']);
  });
});

test('the front network is the node network, but never an overlay', () => {
  expect(frontNetwork(spec)).toBe('lan');
  expect(frontNetwork(spec, 'sdn')).toBe('sdn');
  expect(frontNetwork(planOf(crossroadsSpec({ k3s: { nodeNetwork: 'mesh' } })).spec)).toBe('wan');
});

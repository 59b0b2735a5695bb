import { findingsOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const said = (changes: Partial<ClusterSpec>): string[] =>
  findingsOf(smallSpec(changes))
    .filter(({ code }) => code === 'ADDRESS_UNUSABLE')
    .map(({ message, fix }) => `${message} (${fix ?? ''})`);

const lan = { kind: 'lan', interface: 'eth0', prefix: '192.168.50.0/24' } as const;
const node = (address: string): Partial<ClusterSpec> => ({
  nodes: { a: { role: 'server', addresses: { lan: address } } },
});
const pool = (addresses: string): Partial<ClusterSpec> => ({
  loadBalancers: [{ kind: 'metallb', mode: 'l2', pools: { lan: { addresses, network: 'lan' } } }],
});

test.each<[what: string, Partial<ClusterSpec>, RegExp]>([
  [
    'a node',
    node('192.168.50.255'),
    /^a \(server node\) has 192\.168\.50\.255, the broadcast address of 192\.168\.50\.0\/24 on lan, .* \(an address from 192\.168\.50\.1 to 192\.168\.50\.254\)$/,
  ],
  ['a router', { networks: { lan: { ...lan, gateway: '192.168.50.0' } } }, /^router .* the network address/],
  [
    'a virtual address',
    {
      api: { endpoint: { vip: '192.168.50.255', network: 'lan' } },
      loadBalancers: [{ kind: 'kube-vip', mode: 'arp', controlPlane: {} }],
    },
    /^kube-vip \(virtual address of the Kubernetes API\) has 192\.168\.50\.255/,
  ],
  ['a pool', pool('192.168.50.240/28'), /\(192\.168\.50\.240-192\.168\.50\.254\)$/],
  [
    'a node of an SDN',
    { ...node('192.168.50.0'), networks: { lan: { kind: 'sdn', interface: 'eth0', prefix: lan.prefix } } },
    /the network address/,
  ],
])('%s at an end of the network', (_, changes, says) => {
  expect(said(changes)).toEqual([expect.stringMatching(says)]);
});

test('addresses beside the ends are silent, and so are networks without them', () => {
  expect(said({ ...node('192.168.50.254'), ...pool('192.168.50.16/28') })).toEqual([]);
  const pair = { lan: { ...lan, prefix: '192.168.50.2/31' } };
  expect(said({ networks: pair, ...node('192.168.50.2') })).toEqual([]);
  const overlay = { kind: 'tailnet', interface: 'ts0', prefix: '100.64.0.0/24' } as const;
  const both = { lan: '192.168.50.11', tail: '100.64.0.255' };
  expect(said({ networks: { lan, tail: overlay }, nodes: { a: { role: 'server', addresses: both } } })).toEqual([]);
});

test('what others lease or keep is theirs', () => {
  const reserved = [{ owner: 'printers', addresses: '192.168.50.128/25' }];
  expect(said({ networks: { lan: { ...lan, reserved, dhcp: '192.168.50.100-192.168.50.120' } } })).toEqual([]);
});

test('routers that are told of each address by itself have use for the ends, too', () => {
  const lan = { addresses: '192.168.50.240/28', network: 'lan' };
  const peers = { router: { address: '192.168.50.1', asn: 64512, myAsn: 64513 } };
  expect(said({ loadBalancers: [{ kind: 'metallb', mode: 'bgp', pools: { lan }, peers }] })).toEqual([]);
});

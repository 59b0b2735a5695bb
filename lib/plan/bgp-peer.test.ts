import { codesOf, findingsOf } from '../../test/support/plan';
import { smallSpec } from '../../test/support/spec';
import { clusterSchema, type ClusterSpec } from '../spec/cluster';
import { printPath } from '../spec/finding';
import { bgpPeers } from './bgp-peer';

type Balancers = NonNullable<ClusterSpec['loadBalancers']>;
const POOL = { addresses: '192.168.50.200/29', network: 'lan' };
const VIP = { endpoint: { vip: '192.168.50.10', network: 'lan' } };
const metallb = (address: string): Balancers[number] => ({
  kind: 'metallb',
  mode: 'bgp',
  pools: { main: POOL },
  peers: { edge: { address, asn: 64500, myAsn: 64501, bfd: true } },
});
const kubeVip = (more: object = {}): Balancers[number] => ({
  kind: 'kube-vip',
  mode: 'bgp',
  controlPlane: {},
  bgp: { asn: 64501, peers: { core: { address: '192.168.50.1', asn: 64500 } } },
  ...more,
});

const peersOf = (...loadBalancers: Balancers) =>
  bgpPeers(clusterSchema.parse(smallSpec({ loadBalancers }))).map(
    ({ owner, address, asn, ownAsn, nodes }) => `${owner} ${ownAsn} ${nodes} → ${String(address)} ${asn}`,
  );

test('who opens sessions to which router, from which nodes', () => {
  expect(peersOf(metallb('192.168.50.1'))).toEqual(['metallb 64501 all → 192.168.50.1 64500']);
  expect(peersOf(kubeVip())).toEqual(['kube-vip 64501 servers → 192.168.50.1 64500']);
  expect(peersOf(kubeVip({ services: {}, pools: { global: POOL } }))).toEqual([
    'kube-vip 64501 all → 192.168.50.1 64500',
  ]);
  expect(peersOf({ kind: 'metallb', pools: { main: POOL } })).toEqual([]);
  expect(peersOf(kubeVip({ controlPlane: undefined }))).toEqual([]);
});

test('two that tell one router from the same nodes: it keeps one session with each node', () => {
  const api = VIP;
  const [found, ...more] = findingsOf(smallSpec({ api, loadBalancers: [metallb('192.168.50.1'), kubeVip()] }));
  expect(more).toEqual([]);
  expect(found?.code).toBe('CAPABILITY_TWICE');
  expect(found?.at.map(printPath).sort()).toEqual(['loadBalancers[0].peers.edge', 'loadBalancers[1].bgp.peers.core']);
  expect(found?.message).toContain('bgp-session: 192.168.50.1');
  expect(codesOf(smallSpec({ api, loadBalancers: [metallb('192.168.50.2'), kubeVip()] }))).toEqual([]);
});

test('two names for one router', () => {
  const router = { address: '192.168.50.1', asn: 64500, myAsn: 64501 };
  const peers = { edge: router, core: router };
  const [found, ...more] = findingsOf(
    smallSpec({ loadBalancers: [{ kind: 'metallb', mode: 'bgp', pools: { main: POOL }, peers }] }),
  );
  expect(more).toEqual([]);
  expect(found?.message).toBe('metallb is given bgp-session: 192.168.50.1 twice');
});

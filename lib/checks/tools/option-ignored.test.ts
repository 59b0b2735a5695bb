import { codesOf, findingsOf } from '../../../test/support/plan';
import { pairSpec, smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const ignored = (spec: ClusterSpec) =>
  findingsOf(spec).flatMap(({ code, at }) => (code === 'OPTION_IGNORED' ? [at[0]] : []));
const pool = { addresses: '192.168.50.200-192.168.50.209', network: 'lan' };

test('kube-proxy’s options where no kube-proxy runs', () => {
  const cilium = { cni: { kind: 'cilium' as const }, firewall: { kind: 'none' as const } };
  expect(ignored(smallSpec({ ...cilium, k3s: { nodeNetwork: 'lan', proxy: { mode: 'nftables' } } }))).toEqual([
    ['k3s', 'proxy'],
  ]);
  expect(codesOf(smallSpec({ ...cilium }))).toEqual([]);
});

test('pod ranges of Kubernetes’ where pods’ addresses are of others', () => {
  const { nodes } = pairSpec();
  const seen = { ...nodes, a: { ...nodes.a, observedPodRange: '10.42.0.0/24' } } as ClusterSpec['nodes'];
  expect(ignored(pairSpec({ nodes: seen }))).toEqual([]);
  expect(ignored(pairSpec({ nodes: seen, cni: { kind: 'calico' } }))).toEqual([['nodes', 'a', 'observedPodRange']]);
});

test('Cilium’s options that only WireGuard reads', () => {
  const cni = { kind: 'cilium' as const, nodeEncryption: true, strictEncryption: true };
  expect(ignored(smallSpec({ cni, firewall: { kind: 'none' } }))).toEqual([
    ['cni', 'nodeEncryption'],
    ['cni', 'strictEncryption'],
  ]);
});

test('MetalLB: what is BGP’s in layer 2, and layer 2’s in BGP', () => {
  const peers = { router: { address: '192.168.50.1', asn: 64512, myAsn: 64513 } };
  expect(
    ignored(
      smallSpec({ loadBalancers: [{ kind: 'metallb', peers, communities: { x: '1:2' }, pools: { main: pool } }] }),
    ),
  ).toEqual([
    ['loadBalancers', 0, 'peers'],
    ['loadBalancers', 0, 'communities'],
  ]);
  const bgp = { kind: 'metallb' as const, mode: 'bgp' as const, peers };
  expect(
    ignored(smallSpec({ loadBalancers: [{ ...bgp, pools: { main: { ...pool, interfaces: ['eth0'] } } }] })),
  ).toEqual([['loadBalancers', 0, 'pools', 'main', 'interfaces']]);
});

test('replicas on the host network, where each node has one', () => {
  const ingress = [{ kind: 'traefik' as const, mode: 'host-network' as const, workload: { replicas: 2 } }];
  expect(ignored(smallSpec({ ingress }))).toEqual([['ingress', 0, 'workload']]);
});

test('strict encryption where pods have IPv6 alone, which it does not know', () => {
  const cni = { kind: 'cilium', encryption: 'wireguard', strictEncryption: true } as const;
  const six = { nodeNetwork: 'lan', clusterCidrs: ['fd00:42::/56'], serviceCidrs: ['fd00:43::/112'] };
  const nodes = { a: { role: 'server', addresses: { lan: 'fd00:50::11' } } } as const;
  const lan = { kind: 'lan', interface: 'eth0', prefix: 'fd00:50::/64' } as const;
  const alone = smallSpec({ cni, networks: { lan }, nodes, k3s: { ...six, clusterDns: 'fd00:43::10' } });
  expect(ignored(alone)).toContainEqual(['cni', 'strictEncryption']);
  expect(ignored(smallSpec({ cni, firewall: { kind: 'none' } }))).toEqual([]);
});

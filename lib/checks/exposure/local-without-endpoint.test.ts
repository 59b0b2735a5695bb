import { codesOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const pools = { global: { addresses: '192.168.50.200-192.168.50.209', network: 'lan' } };
const spec = (balancer: NonNullable<ClusterSpec['loadBalancers']>[number], policy: 'Local' | 'Cluster' = 'Local') =>
  smallSpec({
    loadBalancers: [balancer],
    apps: {
      mqtt: {
        namespace: 'home',
        nodes: { names: ['b'] },
        ports: { mqtt: 1883 },
        loadBalancer: { externalTrafficPolicy: policy },
      },
    },
  });

test('kube-vip with one leader for all Services does not look where their pods are', () => {
  expect(codesOf(spec({ kind: 'kube-vip', services: { election: false }, pools }))).toEqual(['LOCAL_WITHOUT_ENDPOINT']);
  expect(codesOf(spec({ kind: 'kube-vip', services: { election: true }, pools }))).toEqual([]);
  expect(codesOf(spec({ kind: 'kube-vip', services: { election: false }, pools }, 'Cluster'))).toEqual([]);
});

test('MetalLB looks for a pod first', () => {
  expect(codesOf(spec({ kind: 'metallb', pools: { main: pools.global } }))).toEqual([]);
});

import { smallSpec } from '../../test/support/spec';
import { clusterSchema, type ClusterSpec } from '../spec/cluster';
import { poolClaims, poolsOf } from './pool';

const parse = (loadBalancers: NonNullable<ClusterSpec['loadBalancers']>) =>
  clusterSchema.parse(smallSpec({ loadBalancers }));
const one = { addresses: '192.168.50.200', network: 'lan' };
const two = { addresses: '192.168.50.210', network: 'lan' };

test('pools are claimed by whoever allocates them, inside their network', () => {
  const spec = parse([{ kind: 'metallb', pools: { one } }]);
  expect(poolClaims(spec, 'metallb')).toMatchObject([
    { owner: 'metallb', network: 'lan', within: ['networks', 'lan', 'prefix'] },
  ]);
  expect(poolClaims(spec, 'kube-vip')).toEqual([]);
});

test('interfaces that are named are known with the place that names them', () => {
  const pools = { one: { ...one, interfaces: ['eth0'] }, two };
  const [first, second] = poolsOf(parse([{ kind: 'metallb', pools }]));
  expect(first?.interfaces).toEqual({ names: ['eth0'], source: ['loadBalancers', 0, 'pools', 'one', 'interfaces'] });
  expect(second?.interfaces).toBeUndefined();
});

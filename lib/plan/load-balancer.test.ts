import { smallSpec } from '../../test/support/spec';
import { clusterSchema, type ClusterSpec } from '../spec/cluster';
import { poolClaims, poolOf, poolsOf } from './load-balancer';

const parse = (loadBalancers: NonNullable<ClusterSpec['loadBalancers']>) =>
  clusterSchema.parse(smallSpec({ loadBalancers }));
const one = { addresses: '192.168.50.200', network: 'lan' };
const two = { addresses: '192.168.50.210', network: 'lan' };
const nameOf = (spec: ReturnType<typeof parse>, name: string, pool?: string) =>
  poolOf(spec, { name, ...(pool === undefined ? {} : { pool }) })?.name;

describe('the pool of a Service', () => {
  test('is the one it names, or the only one', () => {
    const single = parse([{ kind: 'metallb', pools: { one } }]);
    const several = parse([{ kind: 'metallb', pools: { one, two } }]);
    expect(nameOf(single, 'home/mqtt')).toBe('one');
    expect(nameOf(several, 'home/mqtt', 'two')).toBe('two');
    expect(nameOf(several, 'home/mqtt')).toBeUndefined();
  });

  test('with kube-vip is that of its namespace, else the one for all', () => {
    const spec = parse([{ kind: 'kube-vip', pools: { global: one, home: two } }]);
    expect(nameOf(spec, 'home/mqtt')).toBe('home');
    expect(nameOf(spec, 'shop/web')).toBe('global');
  });

  test('is none where the nodes’ own addresses serve', () => {
    expect(poolsOf(parse([{ kind: 'servicelb' }]))).toEqual([]);
  });
});

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

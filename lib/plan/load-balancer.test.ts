import { smallSpec } from '../../test/support/spec';
import { clusterSchema, type ClusterSpec } from '../spec/cluster';
import { poolOf } from './load-balancer';
import { poolsOf } from './pool';

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

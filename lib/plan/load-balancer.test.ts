import { smallSpec } from '../../test/support/spec';
import { AddressSet } from '../net/address-set';
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

  test('is the one that holds the address it asks for, else the first, outside of which it then is', () => {
    const several = parse([{ kind: 'metallb', pools: { one, two } }]);
    const asking = (addresses: string) =>
      poolOf(several, { name: 'home/mqtt', addresses: AddressSet.parse(addresses) })?.name;
    expect(asking('192.168.50.210')).toBe('two');
    expect(asking('192.168.50.220')).toBe('one');
    const namespaces = parse([{ kind: 'kube-vip', pools: { global: one, home: two } }]);
    const own = { name: 'home/mqtt', addresses: AddressSet.parse('192.168.50.200') };
    expect(poolOf(namespaces, own)?.name).toBe('global');
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

import { clusterSchema } from '../../spec/cluster';
import type { ClusterSpec } from '../../spec/cluster';
import { planOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import { tunnelAddresses } from './tunnel-addresses';

const of = (k3s: Partial<NonNullable<ClusterSpec['k3s']>>) =>
  tunnelAddresses(clusterSchema.parse(smallSpec({ k3s: { nodeNetwork: 'lan', ...k3s } })));

test('the first address of each range that a node may get', () => {
  const all = of({});
  expect(all.size).toBe(256n);
  expect(all.prefixes().slice(0, 2).map(String)).toEqual(['10.42.0.0/32', '10.42.1.0/32']);
});

test('clusters with one range share one set', () => {
  expect(of({})).toBe(of({}));
  expect(of({ clusterCidrs: ['10.64.0.0/16'] })).not.toBe(of({}));
});

test('ranges of another size, as the spec gives them to the controller', () => {
  const server = { 'kube-controller-manager-arg': ['node-cidr-mask-size-ipv4=22'] };
  expect(of({ extraFlags: { server } }).prefixes().slice(0, 2).map(String)).toEqual(['10.42.0.0/32', '10.42.4.0/32']);
});

test('both families', () => {
  const dual = of({ clusterCidrs: ['10.42.0.0/16', 'fd00:42::/56'], serviceCidrs: ['10.43.0.0/16', 'fd00:43::/112'] });
  expect(dual.family(6).size).toBe(256n);
  expect(String(dual.family(6).prefixes()[1])).toBe('fd00:42:0:1::/128');
});

describe('a range of more than can be written down', () => {
  const wide = { nodeNetwork: 'lan', clusterCidrs: ['10.64.0.0/11'] };
  const at = (ranges: readonly (string | undefined)[] = []) => {
    const spec = smallSpec({ k3s: wide });
    const nodes = Object.entries(spec.nodes).map(([name, node], i) => {
      const range = ranges[i];
      return [name, range === undefined ? node : { ...node, observedPodRange: range }] as const;
    });
    return { ...spec, nodes: Object.fromEntries(nodes) };
  };

  test('is known by its first parts, which Kubernetes gives out first, and no pod passes for a node', () => {
    const all = of(wide);
    expect([all.size, String(all.prefixes()[0]), String(all.prefixes().at(-1))]).toEqual([
      1024n,
      '10.64.0.0/32',
      '10.67.255.0/32',
    ]);
    expect(planOf(at()).podNetwork.nodesKnown).toContain('each of the first 1024 ranges');
  });

  const named = (...ranges: readonly (string | undefined)[]) =>
    tunnelAddresses(clusterSchema.parse(at(ranges)))
      .prefixes()
      .map((prefix) => String(prefix).replace('/32', ''));
  const first = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `10.64.${from + i}.0`);
  const after = Array.from({ length: 8 }, (_, i) => `10.80.${i + 1}.0`);

  test('is known, where nodes were seen beyond them, by what they were seen with and what comes next', () => {
    expect(named('10.64.0.0/24', '10.64.3.0/24', '10.80.0.0/24')).toEqual([...first(10), '10.80.0.0', ...after]);
    expect(named('10.64.9.0/24', '10.79.0.0/24', '10.80.0.0/24')).toEqual([
      ...first(8),
      '10.64.9.0',
      '10.79.0.0',
      '10.80.0.0',
      ...after,
    ]);
    const { nodesKnown } = planOf(at(['10.64.0.0/24', '10.64.3.0/24', '10.80.0.0/24'])).podNetwork;
    expect(nodesKnown).toContain('was seen with (`observedPodRange`)');
    expect(nodesKnown).not.toContain('every pod may');
  });

  test('ends where the range ends', () => {
    expect(named('10.64.0.0/24', '10.64.1.0/24', '10.95.254.0/24').slice(-2)).toEqual(['10.95.254.0', '10.95.255.0']);
  });

  test('is known by its first parts and what was seen, where that is not known of every node', () => {
    const some = named('10.64.0.0/24', '10.80.0.0/24');
    expect([some.length, some.at(-1)]).toEqual([1025, '10.80.0.0']);
  });
});

describe('where every node was seen with a range', () => {
  const seen = (...ranges: readonly string[]) => {
    const spec = smallSpec();
    const nodes = Object.entries(spec.nodes).map(([name, node], i) => {
      const range = ranges[i];
      return [name, range === undefined ? node : { ...node, observedPodRange: range }] as const;
    });
    return tunnelAddresses(clusterSchema.parse({ ...spec, nodes: Object.fromEntries(nodes) }));
  };

  test('those up to the highest, and eight for nodes to come', () => {
    const few = seen('10.42.1.0/24', '10.42.4.0/24', '10.42.0.0/24');
    expect(few.prefixes().map(String)).toEqual(Array.from({ length: 13 }, (_, i) => `10.42.${i}.0/32`));
  });

  test('never more than there are', () => {
    expect(seen('10.42.1.0/24', '10.42.254.0/24', '10.42.0.0/24').size).toBe(256n);
  });

  test('one that is not known could have any', () => {
    expect(seen('10.42.1.0/24', '10.42.4.0/24').size).toBe(256n);
  });
});

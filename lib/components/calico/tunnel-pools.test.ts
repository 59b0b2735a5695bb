import { codesOf, planOf } from '../../../test/support/plan';
import { DUAL_RANGES, smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

type Calico = Omit<Extract<NonNullable<ClusterSpec['cni']>, { kind: 'calico' }>, 'kind'>;
const withCalico = (options: Calico, k3s: object = {}) =>
  smallSpec({ cni: { kind: 'calico', ...options }, k3s: { nodeNetwork: 'lan', ...k3s } });
const claimed = (spec: ClusterSpec) =>
  planOf(spec)
    .claims.filter(({ purpose }) => purpose.includes('tunnel devices'))
    .map(({ addresses }) => addresses.toString());

test('nodes claim a range of their own, in each family that has a tunnel', () => {
  expect(claimed(withCalico({}))).toEqual(['10.44.0.0/22']);
  expect(claimed(withCalico({}, DUAL_RANGES))).toEqual(['10.44.0.0/22', 'fd00:10:44::/118']);
  expect(claimed(withCalico({ encapsulation: 'IPIP', bgp: true }, DUAL_RANGES))).toEqual(['10.44.0.0/22']);
  expect(claimed(withCalico({ encapsulation: 'None', bgp: true }))).toEqual([]);
  expect(claimed(withCalico({ encapsulation: 'None', bgp: true, wireguard: true }))).toEqual(['10.44.0.0/22']);
});

test('it may not lie among pods or Services', () => {
  expect(codesOf(withCalico({}))).not.toContain('ADDRESS_OVERLAP');
  expect(codesOf(withCalico({ tunnelCidrs: ['10.42.8.0/24'] }))).toContain('ADDRESS_OVERLAP');
  expect(codesOf(withCalico({ tunnelCidrs: ['10.43.8.0/24'] }))).toContain('ADDRESS_OVERLAP');
});

test('without one, nodes are told from no pod', () => {
  const { nodesAppearAs } = planOf(withCalico({ tunnelCidrs: [] })).podNetwork;
  expect(nodesAppearAs?.toString()).toBe('10.42.0.0/16');
});

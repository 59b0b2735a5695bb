import { codesOf, findingsOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const withMask = (mask: string, range = '10.42.0.0/16'): ClusterSpec =>
  smallSpec({
    k3s: {
      nodeNetwork: 'lan',
      clusterCidrs: [range],
      extraFlags: { server: { 'kube-controller-manager-arg': [mask] } },
    },
  });

test('blocks that the spec asks of Kubernetes by a flag are counted too', () => {
  expect(findingsOf(withMask('node-cidr-mask-size=16'))).toMatchObject([
    { code: 'POD_RANGE_SMALL', severity: 'error', fix: 'a prefix of /14 or shorter' },
  ]);
  expect(codesOf(withMask('node-cidr-mask-size=24'))).toEqual([]);
});

test('a block with fewer addresses than pods works, and is said', () => {
  const [finding] = findingsOf(withMask('node-cidr-mask-size-ipv4=27'));
  expect(finding).toMatchObject({ code: 'POD_RANGE_SMALL', severity: 'warning' });
  expect(finding?.message).toContain('2^(32 − 27) − 2 = 30 addresses');
});

test('a size of IPv6 blocks says nothing of IPv4', () => {
  expect(codesOf(withMask('node-cidr-mask-size-ipv6=16'))).toEqual(['K3S_FLAG_CONFLICT']);
});

test('the size that Kubernetes takes by itself is counted where the spec writes it down', () => {
  expect(codesOf(withMask('node-cidr-mask-size=24', '10.42.0.0/23'))).toEqual(['POD_RANGE_SMALL']);
});

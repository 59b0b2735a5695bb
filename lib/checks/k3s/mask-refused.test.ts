import { codesOf, findingsOf } from '../../../test/support/plan';
import { DUAL_STACK, smallSpec } from '../../../test/support/spec';

const FOUR = { clusterCidrs: ['10.42.0.0/16'], serviceCidrs: ['10.43.0.0/16'] };
const flags = (...masks: string[]) => ({ extraFlags: { server: { 'kube-controller-manager-arg': masks } } });
const single = (...masks: string[]) => smallSpec({ k3s: { nodeNetwork: 'lan', ...FOUR, ...flags(...masks) } });
const dual = (...masks: string[]) => smallSpec({ ...DUAL_STACK, k3s: { ...DUAL_STACK.k3s, ...flags(...masks) } });
const said = (spec: ReturnType<typeof smallSpec>) =>
  findingsOf(spec).flatMap(({ code, message, fix }) =>
    code === 'K3S_FLAG_CONFLICT' ? [`${message} (${fix ?? ''})`] : [],
  );

test('a mask of a family that pods do not have, and one without a family where they have two', () => {
  expect(said(single('node-cidr-mask-size-ipv6=64'))).toEqual([
    'node-cidr-mask-size-ipv6=64: pods have IPv4 addresses alone, so that K3s does not start (node-cidr-mask-size-ipv4)',
  ]);
  expect(said(dual('node-cidr-mask-size=24'))).toEqual([
    'node-cidr-mask-size=24: pods have IPv4 and IPv6 addresses, and it does not say of which it is, so that K3s does not start (node-cidr-mask-size-ipv4 and node-cidr-mask-size-ipv6)',
  ]);
  expect(said(single('node-cidr-mask-size=24', 'node-cidr-mask-size-ipv4=24'))).toHaveLength(1);
  expect(codesOf(dual('node-cidr-mask-size-ipv4=24', 'node-cidr-mask-size-ipv6=64'))).not.toContain(
    'K3S_FLAG_CONFLICT',
  );
});

test('a mask that is longer than an address, or makes more ranges than Kubernetes counts', () => {
  expect(said(single('node-cidr-mask-size=33'))).toEqual([
    'node-cidr-mask-size=33: IPv4 addresses have 32 bits, so that K3s does not start (25 or less)',
  ]);
  expect(said(single(`node-cidr-mask-size=${'9'.repeat(21)}`))).toHaveLength(1);
  expect(said(dual('node-cidr-mask-size-ipv6=73'))).toEqual([
    'node-cidr-mask-size-ipv6=73: fd00:42::/56 holds 2^(73 − 56) such ranges, and Kubernetes keeps count of 2^16, so that K3s does not start (72 or less)',
  ]);
  expect(said(dual('node-cidr-mask-size-ipv6=72'))).toEqual([]);
  expect(said(single('node-cidr-mask-size=0', 'v=2'))).toEqual([]);
});

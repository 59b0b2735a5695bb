import { DUAL_RANGES, smallSpec } from '../../test/support/spec';
import { clusterSchema } from '../spec/cluster';
import { askedNodeMaskBits, nodeMaskBits } from './node-range';

const withMasks = (masks: string[], ranges: Partial<typeof DUAL_RANGES> = {}) =>
  clusterSchema.parse(
    smallSpec({
      k3s: { nodeNetwork: 'lan', ...ranges, extraFlags: { server: { 'kube-controller-manager-arg': masks } } },
    }),
  );

test('is what a flag asks for, else what Kubernetes gives by itself', () => {
  const spec = withMasks(['v=2', 'node-cidr-mask-size-ipv6=72'], DUAL_RANGES);
  expect([askedNodeMaskBits(spec, 4), askedNodeMaskBits(spec, 6)]).toEqual([undefined, 72]);
  expect([nodeMaskBits(spec, 4), nodeMaskBits(spec, 6)]).toEqual([24, 72]);
});

test('without a family a mask is that of the one family there is', () => {
  expect(askedNodeMaskBits(withMasks(['node-cidr-mask-size=25']), 4)).toBe(25);
  const six = withMasks(['node-cidr-mask-size=72'], {
    clusterCidrs: ['fd00:42::/56'],
    serviceCidrs: ['fd00:43::/112'],
  });
  expect([askedNodeMaskBits(six, 4), askedNodeMaskBits(six, 6)]).toEqual([undefined, 72]);
});

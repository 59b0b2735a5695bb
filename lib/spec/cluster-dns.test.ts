import { smallSpec } from '../../test/support/spec';
import { K3S_CLUSTER_DNS } from '../net/well-known';
import { clusterSchema } from './cluster';
import { usualClusterDns } from './cluster-dns';

const dnsOf = (...serviceCidrs: string[]) => {
  const { k3s } = smallSpec();
  return String(clusterSchema.parse(smallSpec({ k3s: { nodeNetwork: 'lan', ...k3s, serviceCidrs } })).k3s.clusterDns);
};

test.each([
  [['10.43.0.0/16'], '10.43.0.10'],
  [['10.96.0.0/12'], '10.96.0.10'],
  [['fd43::/112', '10.43.0.0/16'], 'fd43::a'],
  // K3s would refuse these, which have no tenth one.
  [['10.43.0.8/29'], '10.43.0.14'],
  [['0.0.0.0/32'], '0.0.0.0'],
])('follows the Service ranges %j', (ranges, address) => {
  expect(dnsOf(...ranges)).toBe(address);
});

test('is that of K3s for the range of K3s', () => {
  expect(String(usualClusterDns([]))).toBe(K3S_CLUSTER_DNS);
});

test('is the one that the spec names, where it names one', () => {
  const k3s = { nodeNetwork: 'lan', serviceCidrs: ['10.96.0.0/12'], clusterDns: '10.96.0.53' };
  expect(String(clusterSchema.parse(smallSpec({ k3s })).k3s.clusterDns)).toBe('10.96.0.53');
});

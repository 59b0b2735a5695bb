import { broken } from '../../test/specs/small';
import { printPath } from './finding';
import { parseCluster } from './parse';

const said = (k3s: Readonly<Record<string, unknown>>) =>
  parseCluster(broken([['k3s'], { nodeNetwork: 'lan', ...k3s }])).findings.map(
    ({ code, at, message, fix }) => `${code} ${at.map(printPath).join(' + ')}: ${message} (${fix ?? ''})`,
  );

test.each([
  ['10.43.0.0', 'the network address'],
  ['10.43.0.1', "the first address, which is the Kubernetes API's Service,"],
  ['10.43.255.255', 'the last address, which no Service is given,'],
])('%s is for no Service of ours', (clusterDns, what) => {
  expect(said({ clusterDns })).toEqual([
    `SPEC_INVALID k3s.clusterDns: ${clusterDns} is ${what} of the Service range 10.43.0.0/16 (10.43.0.10)`,
  ]);
});

test('any other address of the range is silent', () => {
  expect(said({ clusterDns: '10.43.0.2' })).toEqual([]);
  expect(said({ clusterDns: '10.43.255.254' })).toEqual([]);
});

test('it has a family that Services have', () => {
  const six = { clusterCidrs: ['fd42::/56'], serviceCidrs: ['fd43::/112'] };
  const message =
    'SPEC_INVALID k3s.clusterDns: cluster DNS has the IPv4 address 10.43.0.10, and Services have IPv6 addresses alone (fd43::/112) (fd43::a)';
  expect(said({ ...six, clusterDns: '10.43.0.10' })).toContain(message);
  for (const dns of [{ clusterDns: 'fd43::a' }, {}])
    expect(said({ ...six, ...dns }).filter((text) => text.includes('clusterDns'))).toEqual([]);
});

test('in a small range the proposal still lies inside', () => {
  expect(said({ serviceCidrs: ['10.43.0.0/29'], clusterDns: '10.43.0.1' })).toEqual([
    expect.stringMatching(/\(10\.43\.0\.6\)$/),
  ]);
});

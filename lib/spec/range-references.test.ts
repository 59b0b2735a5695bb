import { broken } from '../../test/specs/small';
import { printPath } from './finding';
import { parseCluster } from './parse';

type Change = readonly [path: readonly (string | number)[], value: unknown];

const said = (...changes: Change[]) =>
  parseCluster(broken(...changes)).findings.map(
    ({ code, at, message, fix }) => `${code} ${at.map(printPath).join(' + ')}: ${message} (${fix ?? ''})`,
  );
const k3s = (key: string, value: unknown): Change => [['k3s', key], value];

test('ranges of one family are given once', () => {
  expect(said(k3s('clusterCidrs', ['10.42.0.0/16', '10.44.0.0/16']))).toEqual([
    'SPEC_INVALID k3s.clusterCidrs[1]: 10.42.0.0/16 and 10.44.0.0/16 are both IPv4, and there is one range a family (an IPv6 range, or none)',
  ]);
});

test('Services and pods have the same families, whichever stands first', () => {
  const services = [k3s('serviceCidrs', ['fd00::/112', '10.43.0.0/16']), k3s('clusterDns', '10.43.0.10')] as const;
  expect(said(...services)).toEqual([
    'SPEC_INVALID k3s.serviceCidrs: Services have IPv4 and IPv6 addresses and pods IPv4 (IPv4 ranges for both)',
  ]);
  const dual = [k3s('clusterCidrs', ['10.42.0.0/16', 'fd42::/56']), ...services];
  expect(said(...dual).filter((text) => text.startsWith('SPEC_INVALID'))).toEqual([]);
});

test('an empty list is reported by itself', () => {
  for (const key of ['clusterCidrs', 'serviceCidrs'])
    expect(said(k3s(key, []))).toEqual([`SPEC_INVALID k3s.${key}: must have at least 1 entry ()`]);
});

test("every node has an address of each of the pods' families", () => {
  const found = said(
    k3s('clusterCidrs', ['10.42.0.0/16', 'fd42::/56']),
    k3s('serviceCidrs', ['10.43.0.0/16', 'fd43::/112']),
  );
  expect(found).not.toEqual([]);
  for (const text of found)
    expect(text).toMatch(
      /^NODE_WITHOUT_ADDRESS nodes\.\w+\.addresses\.lan \+ k3s\.clusterCidrs\[1\]: .* no IPv6 address on lan/,
    );
});

test('a pod range has a block for each node', () => {
  const nodes = (count: number): Change => [
    ['nodes'],
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`n${i}`, { role: 'server', addresses: { lan: `192.168.50.${i + 2}` } }]),
    ),
  ];
  expect(said(nodes(4), k3s('clusterCidrs', ['10.42.0.0/22']))).toEqual([]);
  expect(said(nodes(5), k3s('clusterCidrs', ['10.42.0.0/22']))).toEqual([
    'SPEC_INVALID k3s.clusterCidrs[0]: 10.42.0.0/22 holds 2^(24 − 22) = 4 blocks of /24, and each of the 5 nodes takes one (a prefix of /21 or shorter)',
  ]);
  const own = k3s('extraFlags', { server: { 'kube-controller-manager-arg': ['node-cidr-mask-size=26'] } });
  expect(said(nodes(5), k3s('clusterCidrs', ['10.42.0.0/22']), own)).toEqual([]);
});

test('a Service range is no larger than the API server takes', () => {
  const changes = [k3s('clusterCidrs', ['172.16.0.0/16']), k3s('serviceCidrs', ['10.0.0.0/8'])];
  expect(said(...changes)).toEqual([
    'SPEC_INVALID k3s.serviceCidrs[0]: 10.0.0.0/8 is larger than the API server takes for Services (10.0.0.0/12)',
  ]);
});

test('what cannot be read is reported once', () => {
  expect(said(k3s('clusterCidrs', ['10.42.0.5/16']))).toHaveLength(1);
});

test('SQLite serves one server alone', () => {
  const node = (n: number) => ({ role: 'server', addresses: { lan: `192.168.50.${n}` } });
  const sqlite = k3s('datastore', 'sqlite');
  expect(said([['nodes'], { a: node(11), b: node(12) }], sqlite)).toEqual([
    'SPEC_INVALID k3s.datastore: there are 2 servers, and SQLite serves one alone (etcd)',
  ]);
  expect(said([['nodes'], { a: node(11) }], sqlite)).toEqual([]);
});

test('a Service range has the eight addresses that the API server asks for', () => {
  expect(said(k3s('serviceCidrs', ['10.43.0.8/29']), k3s('clusterDns', '10.43.0.10'))).toEqual([]);
  expect(said(k3s('serviceCidrs', ['10.43.0.8/30']), k3s('clusterDns', '10.43.0.10'))).toEqual([
    'SPEC_INVALID k3s.serviceCidrs[0]: 10.43.0.8/30 holds 4 addresses, and the API server takes no fewer than 8 (10.43.0.8/29)',
  ]);
});

test('an IPv6 pod range has no more blocks than Kubernetes counts', () => {
  const six = (cidr: string) => said(k3s('clusterCidrs', ['10.42.0.0/16', cidr])).filter((text) => /blocks/.test(text));
  expect(six('fd42::/48')).toEqual([]);
  expect(six('fd42::/40')).toEqual([
    'SPEC_INVALID k3s.clusterCidrs[1]: fd42::/40 would hold 2^(64 − 40) blocks of /64, and Kubernetes keeps count of 2^16 (fd42::/48)',
  ]);
});

test('a pod range smaller than the block of one node holds none', () => {
  expect(said(k3s('clusterCidrs', ['10.42.0.0/26']))).toEqual([
    'SPEC_INVALID k3s.clusterCidrs[0]: 10.42.0.0/26 holds no block of /24, and each of the 2 nodes takes one (a prefix of /23 or shorter)',
  ]);
});

test('with Cilium a node takes the block that Cilium is told of', () => {
  const cni = (nodeMaskBits: number): Change => [['cni'], { kind: 'cilium', nodeMaskBits }];
  expect(said(cni(17), k3s('clusterCidrs', ['10.42.0.0/16']))).toEqual([]);
  expect(said(cni(26), k3s('clusterCidrs', ['10.42.0.0/24']))).toEqual([]);
  expect(said(cni(16), k3s('clusterCidrs', ['10.42.0.0/16']))).toEqual([
    'SPEC_INVALID k3s.clusterCidrs[0]: 10.42.0.0/16 holds 2^(16 − 16) = 1 block of /16, and each of the 2 nodes takes one (a prefix of /15 or shorter)',
  ]);
  expect(said(cni(26), k3s('clusterCidrs', ['10.42.0.0/25']))).toEqual([
    expect.stringMatching(/holds no block of \/24, .* \(a prefix of \/24 or shorter\)$/),
  ]);
});

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

import eddisonso from '../../../clusters/eddisonso';
import { documentOf, part } from '../../../test/support/document';
import { codesOf, planOf, walkTo } from '../../../test/support/plan';
import { bound } from '../../../test/support/render';
import { smallSpec } from '../../../test/support/spec';
import { arrivals } from '../../plan/seen-as';
import type { ClusterSpec } from '../../spec/cluster';
import { apps } from './index';

const files = (more: object = {}) => ({
  namespace: 'files',
  hostNetwork: true,
  nodes: { names: ['b', 'c'] },
  ports: { client: 9080, copies: { container: 9081, service: 81 } },
  ...more,
});
const withFiles = (more: object = {}, others: ClusterSpec['apps'] = {}, changes: Partial<ClusterSpec> = {}) =>
  smallSpec({ apps: { files: files(more), ...others }, ...changes });
const opened = (spec: ClusterSpec, node: string, port: number) =>
  arrivals(planOf(spec), node)
    .filter((arrival) => arrival.port?.contains(port) === true)
    .map(({ devices, sources }) => `${devices.join()} from ${String(sources ?? 'anyone')}`)
    .sort();

test('binds ports of its own nodes, and of no others', () => {
  const listeners = bound(apps, withFiles()).listeners();
  expect(listeners.map(({ on, ports }) => [on, String(ports.host)])).toEqual([
    [{ nodes: { names: ['b', 'c'] } }, '9080'],
    [{ nodes: { names: ['b', 'c'] } }, '9081'],
  ]);
});

test('nobody may call it until somebody is said to', () => {
  expect(opened(withFiles(), 'b', 9080)).toEqual([]);
});

test('pods that need it come by their own device, and under their nodes’ addresses from elsewhere', () => {
  const user = { namespace: 'files', needs: [{ app: 'files', port: 'client', by: 'node' as const, reason: 'files' }] };
  const spec = withFiles({}, { user });
  expect(opened(spec, 'b', 9080)).toEqual(['cni0 from anyone', 'eth0 from 192.168.50.11, 192.168.50.13']);
  expect(opened(spec, 'a', 9080)).toEqual([]);
  expect(opened(spec, 'b', 9081)).toEqual([]);
});

test('by its Service the same port is dialled at the node: its Service’s number is not open', () => {
  const user = { namespace: 'files', needs: [{ app: 'files', port: 'copies', reason: 'copies' }] };
  const spec = withFiles({}, { user });
  expect(opened(spec, 'b', 9081)).toHaveLength(2);
  expect(opened(spec, 'b', 81)).toEqual([]);
});

test('its own pods call each other from node to node', () => {
  const spec = withFiles({ needs: [{ app: 'files', port: 'copies', by: 'node', reason: 'copies' }] });
  expect(opened(spec, 'b', 9081)).toEqual(['eth0 from 192.168.50.13']);
  expect(opened(spec, 'c', 9081)).toEqual(['eth0 from 192.168.50.12']);
});

test('callers from outside come by the network that is named', () => {
  expect(opened(withFiles({ allowFrom: [{ network: 'lan' }] }), 'c', 9080)).toEqual(['eth0 from 192.168.50.0/24']);
});

test('a port that something else binds there is a collision, and on other nodes it is none', () => {
  expect(codesOf(withFiles({ ports: { kubelet: 10250 } }))).toContain('PORT_TWICE');
  const other = files({ nodes: { names: ['a'] } });
  expect(codesOf(withFiles({}, { other }))).not.toContain('PORT_TWICE');
  expect(codesOf(withFiles({}, { other: files() }))).toContain('PORT_TWICE');
});

test('a low port needs the kernel’s leave where its user is not root', () => {
  const low = (runAsUser: number) => {
    const { plan, parts } = walkTo(withFiles({ ports: { dns: 53 }, runAsUser }));
    const sysctls = parts.flatMap((one) => one.host(plan, 'b').sysctls ?? []);
    return sysctls.find(({ key }) => key === 'net.ipv4.ip_unprivileged_port_start')?.value;
  };
  expect(low(1000)).toBe('0');
  expect(low(0)).toBeUndefined();
});

test('the document says what guards it, and what its deployment must say', () => {
  const text = part(documentOf(eddisonso), 'Apps on the nodes’ own network');
  expect(text).toContain('`gfs-chunkserver` binds 9080/tcp (`client`) and 9081/tcp (`replication`) on s1, s2, s3');
  expect(text).toContain('Network policies do not reach them');
  expect(documentOf(smallSpec())).not.toContain('Apps on the nodes’ own network');
});

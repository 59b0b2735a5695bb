import { codesOf, planOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import { AddressSet } from '../../net/address-set';
import { printEndpoint } from '../../plan/endpoint';
import { printPort } from '../../plan/flow';
import { rulesOf } from '../firewall/rules';
import type { ClusterSpec } from '../../spec/cluster';

const mqtt = (more: object = {}) => ({
  mqtt: { namespace: 'home', ports: { mqtt: { container: 1884, service: 1883 } }, loadBalancer: more },
});
const spec = (balancer: object = {}, apps: ClusterSpec['apps'] = mqtt()): ClusterSpec =>
  smallSpec({ loadBalancers: [{ kind: 'servicelb', ...balancer }], ...(apps === undefined ? {} : { apps }) });
const flowsTo = (input: ClusterSpec, declaredBy: string) =>
  planOf(input)
    .flows.filter((flow) => flow.declaredBy === declaredBy && flow.sameNode !== true)
    .map((flow) => `${printEndpoint(flow.from)} → ${printEndpoint(flow.to)} ${printPort(flow)} ${flow.address}`);
const rules = (input: ClusterSpec, node: string) =>
  rulesOf(planOf(input), node).filter(({ reasons }) => reasons.some((one) => one.includes('callers of home/mqtt')));

test('clients dial a Service’s port at the nodes’ own addresses', () => {
  expect(flowsTo(spec(), 'apps')).toEqual(['anywhere → home/mqtt 1883 → 1884/tcp lan']);
  expect(flowsTo(spec(), 'servicelb')).toEqual(['kube-system/svclb-home-mqtt → home/mqtt 1883 → 1884/tcp service']);
});

test('each node’s firewall opens that port at its own addresses', () => {
  const [rule] = rules(spec(), 'c');
  expect(rule).toMatchObject({ devices: ['eth0'], protocol: 'tcp' });
  expect(String(rule?.port)).toBe('1883');
  expect(rule?.destinations?.overlaps(AddressSet.parse('192.168.50.13'))).toBe(true);
});

test('on some nodes only: their label, their ports, their firewalls', () => {
  const some = spec({ nodes: 'agents' });
  const labels = (node: string) =>
    planOf(some)
      .k3sFlags.get(node)
      ?.find(({ name }) => name === 'node-label')?.value;
  expect(labels('c')).toEqual(['svccontroller.k3s.cattle.io/enablelb=true']);
  expect(labels('a')).toBeUndefined();
  expect(rules(some, 'c')).toHaveLength(1);
  expect(rules(some, 'a')).toEqual([]);
});

test('two Services cannot have one port', () => {
  const twin = { namespace: 'home', ports: { mqtt: 1883 }, loadBalancer: {} };
  expect(codesOf(spec())).toEqual([]);
  expect(codesOf(spec({}, { ...mqtt(), other: twin }))).toEqual(['PORT_TWICE']);
});

test('K3s keeps it, and leaves it out where another balancer serves', () => {
  const disabled = (input: ClusterSpec) =>
    planOf(input)
      .k3sFlags.get('a')
      ?.find(({ name }) => name === 'disable')?.value;
  expect(disabled(spec())).not.toContain('servicelb');
  expect(disabled(smallSpec())).toContain('servicelb');
});

test('with Local its pods go by the node port', () => {
  expect(flowsTo(spec({}, mqtt({ externalTrafficPolicy: 'Local' })), 'servicelb')).toEqual([
    'kube-system/svclb-home-mqtt → every node 30000-32767/tcp lan',
    'kube-system/svclb-home-mqtt → home/mqtt 1883 → 1884/tcp service',
  ]);
});

test('the document says that callers’ addresses are lost', () => {
  expect(planOf(spec()).notes.some(({ text }) => text.includes('the app never learns who called'))).toBe(true);
});

import { planOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const flows = (spec: ClusterSpec) => planOf(spec).flows.filter((flow) => flow.declaredBy === 'host');
const publicSpec = smallSpec({
  networks: { wan: { kind: 'public', interface: 'eth0' } },
  nodes: { a: { role: 'server', addresses: { wan: '198.51.100.1' } } },
  k3s: { nodeNetwork: 'wan' },
});

test('errors that path MTU discovery needs are let in on every network, for both families', () => {
  const types = flows(smallSpec()).flatMap((flow) => flow.icmpTypes ?? []);
  expect(types).toEqual(
    expect.arrayContaining(['destination-unreachable', 'packet-too-big', 'nd-neighbor-solicit', 'nd-router-advert']),
  );
});

test('ping is answered unless the spec says no', () => {
  const pings = (spec: ClusterSpec) => flows(spec).filter((flow) => flow.icmpTypes?.includes('echo-request')).length;
  expect(pings(smallSpec())).toBe(2);
  expect(pings(smallSpec({ firewall: { kind: 'nftables', answerPing: false } }))).toBe(0);
});

test('a DHCP client keeps its ports, a static address needs none', () => {
  const ports = (spec: ClusterSpec) => flows(spec).map((flow) => String(flow.port?.host ?? ''));
  expect(ports(publicSpec)).toEqual(expect.arrayContaining(['68', '546']));
  expect(ports(smallSpec())).not.toEqual(expect.arrayContaining(['68']));
});

test("the node's own way out is declared: names, clock, images", () => {
  const out = flows(smallSpec())
    .filter((flow) => flow.to.kind === 'internet')
    .map((flow) => `${flow.protocol}/${String(flow.port?.container)}`);
  expect(out.sort()).toEqual(['tcp/443', 'tcp/53', 'tcp/80', 'udp/123', 'udp/53']);
});

test('a network that no node is on brings a node no control messages', () => {
  const tailnet = { kind: 'tailnet', interface: 'tailscale0' } as const;
  const spec = smallSpec();
  const more = smallSpec({ networks: { ...spec.networks, tailnet } });
  expect(flows(more)).toEqual(flows(spec));
});

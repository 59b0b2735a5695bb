import { planOf } from '../../test/support/plan';
import { smallSpec } from '../../test/support/spec';
import type { ClusterSpec } from '../spec/cluster';
import { printPath } from '../spec/finding';
import { parseCluster } from '../spec/parse';
import { printEndpoint } from './endpoint';
import { podRules } from './pod-rules';

const upstreams = (...addresses: string[]): ClusterSpec => ({ ...smallSpec(), dns: { upstreams: addresses } });

const asked = (spec: ClusterSpec, from: string) =>
  planOf(spec)
    .flows.filter((flow) => printEndpoint(flow.from) === from && flow.port?.container.first === 53)
    .filter(({ to }) => to.kind !== 'workload')
    .map(({ to, over, address, protocol }) => `${printEndpoint(to)} over ${over} (${address}) ${protocol}`);

const COREDNS = 'kube-system/coredns';

test('resolvers that nobody names are anywhere', () => {
  const anywhere = ['anywhere over outside (public) tcp', 'anywhere over outside (public) udp'];
  expect(asked(smallSpec(), COREDNS)).toEqual(anywhere);
});

test('one that is named is asked where it stands, by the nodes and by CoreDNS: outside, beside the nodes, on one', () => {
  const spec = upstreams('9.9.9.9', '192.168.50.1', '192.168.50.11');
  const near = [
    'a over lan (lan) tcp',
    'a over lan (lan) udp',
    'resolver 192.168.50.1 over lan (lan) tcp',
    'resolver 192.168.50.1 over lan (lan) udp',
  ];
  const far = (over: string) => ['tcp', 'udp'].map((one) => `resolver 9.9.9.9 over ${over} (public) ${one}`);
  expect(asked(spec, COREDNS)).toEqual([...near, ...far('outside')]);
  expect(asked(spec, 'every node')).toEqual([...near, ...far('lan')]);
});

test('policies let CoreDNS ask these addresses and no others', () => {
  const rules = podRules(planOf(upstreams('192.168.50.1', '192.168.50.11'))).workloads.get(COREDNS)?.egress ?? [];
  const peers = rules.flatMap(({ peer, port }) =>
    port?.first === 53 ? [`${peer.kind} ${'addresses' in peer ? String(peer.addresses) : ''}`] : [],
  );
  expect([...new Set(peers)]).toEqual(['nodes 192.168.50.11', 'addresses 192.168.50.1']);
});

test.each(['127.0.0.53', '::1', 'fe80::1'])('%s, which leads no further than the node, is refused', (address) => {
  expect(
    parseCluster(upstreams(address)).findings.map(({ at, code }) => `${code} ${at.map(printPath).join()}`),
  ).toEqual(['SPEC_INVALID dns.upstreams[0]']);
});

import { planOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

test('the steps by which a pod resolves a name, with the address it asks', () => {
  const text = planOf(smallSpec()).notes.find(({ section }) => section === 'dns')?.text ?? '';
  const steps = text.split('\n').filter((line) => /^\d\. /.test(line));
  expect(steps).toHaveLength(5);
  expect(steps[1]).toContain('10.43.0.10');
  expect(steps[2]).toContain('kube-proxy');
  expect(text).toContain('keeps no state');
});

test('it asks for the routing of Services and the pod network, and is not there where it is disabled', () => {
  expect(
    planOf(smallSpec())
      .required.filter(({ owner }) => owner === 'coredns')
      .map(({ name }) => name),
  ).toEqual(['pod-network', 'service-routing']);
  const off = planOf(smallSpec({ k3s: { nodeNetwork: 'lan', disable: ['coredns', 'metrics-server'] } }));
  expect(off.components).not.toContain('coredns');
});

test('whom it asks of other names is said, and whom policies keep from answering', () => {
  const said = (spec: ClusterSpec) => planOf(spec).notes.find(({ section }) => section === 'dns')?.text;
  expect(said(smallSpec())).toContain('State the resolvers at `dns.upstreams`');
  expect(said(smallSpec({ policies: 'off' }))).toContain('/etc/resolv.conf');
  expect(said(smallSpec({ policies: 'off' }))).not.toContain('State the resolvers at `dns.upstreams`');
  const known = said(smallSpec({ dns: { upstreams: ['192.168.50.1'] } }));
  expect(known).toContain('The spec names it: 192.168.50.1.');
  expect(known).not.toContain('State the resolvers at `dns.upstreams`');
});

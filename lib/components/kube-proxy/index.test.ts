import { planOf, walkTo } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const withProxy = (proxy: NonNullable<ClusterSpec['k3s']>['proxy']) =>
  smallSpec({ k3s: { nodeNetwork: 'lan', ...(proxy ? { proxy } : {}) } });
const args = (spec: ClusterSpec) =>
  planOf(spec)
    .k3sFlags.get('c')
    ?.find((flag) => flag.name === 'kube-proxy-arg')?.value;
const modules = (spec: ClusterSpec) => {
  const { plan, parts } = walkTo(spec);
  return (
    parts
      .find((part) => part.name === 'kube-proxy')
      ?.host(plan, 'a')
      .modules?.map(({ name }) => name) ?? []
  );
};

test('iptables is written out, so that a later default of K3s changes nothing', () => {
  expect(args(withProxy({}))).toEqual(['proxy-mode=iptables']);
  expect(modules(withProxy({}))).toEqual([]);
});

test('IPVS: flags, kernel modules, and pods’ calls to Services pass the node’s own firewall', () => {
  const spec = withProxy({ mode: 'ipvs', scheduler: 'lc', strictArp: true });
  expect(args(spec)).toEqual(['ipvs-scheduler=lc', 'ipvs-strict-arp=true', 'proxy-mode=ipvs']);
  expect(modules(spec)).toEqual(['ip_vs', 'ip_vs_lc', 'ip_vs_rr', 'ip_vs_sh', 'ip_vs_wrr', 'nf_conntrack']);
  expect(planOf(spec).flows.filter((flow) => flow.declaredBy === 'kube-proxy')).toMatchObject([
    { over: 'services', protocol: 'any' },
  ]);
});

test('without IPVS Service addresses are never local, so no flow says so', () => {
  expect(planOf(withProxy({})).flows.filter((flow) => flow.declaredBy === 'kube-proxy')).toEqual([]);
});

test('that IPVS is given up is said where it is used', () => {
  const said = (spec: ClusterSpec) => planOf(spec).notes.find(({ title }) => title === 'How Services are routed')?.text;
  expect(said(withProxy({ mode: 'ipvs' }))).toContain('1.40');
  expect(said(withProxy({}))).not.toContain('1.40');
  expect(said(withProxy({}))).toContain('leaves the node only after kube-proxy has rewritten it');
});

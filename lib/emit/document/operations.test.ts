import { documentOf, part } from '../../../test/support/document';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const typed = (changes: Partial<ClusterSpec>) => part(documentOf(smallSpec(changes)), 'Operations');
const proxied = (mode: 'iptables' | 'ipvs' | 'nftables') =>
  typed({ k3s: { nodeNetwork: 'lan', proxy: { mode } }, firewall: { kind: 'none' } });
const NODES = 'kubectl get nodes -o jsonpath';

test.each([
  ['iptables', 'KUBE-SERVICES'],
  ['ipvs', 'ipvsadm -Ln'],
  ['nftables', 'nft list table ip kube-proxy'],
] as const)('the routes of Services are those of kube-proxy’s mode %s', (mode, command) => {
  expect(proxied(mode)).toContain(command);
});

test('Cilium’s are asked of Cilium, where it routes Services, and of kube-proxy where it does not', () => {
  const [alone, beside] = [true, false].map((kubeProxyReplacement) =>
    typed({ cni: { kind: 'cilium', kubeProxyReplacement }, firewall: { kind: 'none' } }),
  );
  expect(alone).toContain('cilium-dbg service list');
  expect(alone).not.toContain('KUBE-SERVICES');
  expect(beside).toContain('KUBE-SERVICES');
  expect(beside).not.toContain('cilium-dbg service list');
});

test('the ranges of pods are asked of whoever assigned them', () => {
  expect(typed({})).toContain(NODES);
  const cilium = typed({ cni: { kind: 'cilium' }, firewall: { kind: 'none' } });
  expect(cilium).toContain('kubectl get ciliumnodes');
  expect(cilium).not.toContain(NODES);
});

test('what the firewall lets in is asked of the one that guards the nodes', () => {
  const ssh = { from: [{ network: 'lan' }] };
  expect(typed({ firewall: { kind: 'nftables', ssh } })).toContain('nft list ruleset');
  expect(typed({ firewall: { kind: 'ufw', ssh } })).toContain('ufw status verbose');
  expect(typed({ cni: { kind: 'cilium' }, firewall: { kind: 'none' } })).toContain('kubectl describe ccnp');
  expect(proxied('iptables')).not.toMatch(/nft list ruleset|ufw status|ccnp/);
});

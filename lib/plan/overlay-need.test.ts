import { findingsOf, planOf } from '../../test/support/plan';
import { smallSpec } from '../../test/support/spec';
import type { ClusterSpec } from '../spec/cluster';

const tailnet = (cni: ClusterSpec['cni']): ClusterSpec =>
  smallSpec({
    networks: {
      ...smallSpec().networks,
      tail: { kind: 'tailnet', interface: 'tailscale0' },
    },
    nodes: {
      a: { role: 'server', addresses: { lan: '192.168.50.11', tail: '100.64.0.1' } },
      b: { role: 'agent', addresses: { lan: '192.168.50.12', tail: '100.64.0.2' } },
    },
    k3s: { nodeNetwork: 'tail' },
    cni,
  });

test.each(['flannel', 'cilium', 'calico'] as const)('%s waits for nobody on a tailnet', (kind) => {
  expect(findingsOf(tailnet({ kind })).filter(({ code }) => code === 'CAPABILITY_MISSING')).toEqual([]);
  expect(planOf(tailnet({ kind })).required.filter(({ name }) => name === 'overlay')).toEqual([]);
});

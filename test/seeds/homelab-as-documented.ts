import homelab from '../../clusters/homelab';
import type { ClusterSpec } from '../../lib/spec/cluster';

const { node1, node2 } = homelab.nodes;
const { mssClamp: _mssClamp, ...rest } = homelab;

/**
 * homelab as its text has it: two servers, of which none may fail; addresses announced on eno1, which is a port of the
 * bridge vmbr0; no firewall on the nodes, of which the text does not speak. That the range stands under `cidr-global`
 * cannot be said in a spec: the key follows from the addresses.
 */
export default {
  ...rest,
  nodes: { node1, node2 },
  cni: { ...homelab.cni, hostFirewall: false },
  loadBalancers: [
    {
      kind: 'kube-vip',
      interface: 'eno1',
      controlPlane: { leaseSeconds: 5, renewSeconds: 3, retrySeconds: 1 },
      services: {},
      pools: { global: { addresses: '192.168.1.231-192.168.1.239', network: 'lan' } },
    },
  ],
} satisfies ClusterSpec;

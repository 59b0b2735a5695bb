import { PortRange } from '../../net/port';
import { PORTS } from '../../net/well-known-ports';
import type { Listener } from '../../plan/listener';
import { selectNodes } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import type { K3s } from '../../spec/k3s';

/** The ports of K3s's own processes. */
export function k3sListeners(options: K3s, spec: Cluster): Omit<Listener, 'owner'>[] {
  const source = ['k3s'];
  const tcp = (ports: PortRange, select: 'all' | 'servers', bind: Listener['bind'], purpose: string) => ({
    on: { nodes: select },
    protocol: 'tcp' as const,
    bind,
    ports: { container: ports, host: ports },
    purpose,
    source,
  });
  const many = selectNodes(spec, 'servers').length > 1 || options.datastore === 'etcd';
  return [
    tcp(PORTS.k3sApi.range, 'servers', 'all', 'Kubernetes API and supervisor; logs and exec come through it'),
    tcp(PORTS.kubelet.range, 'all', 'all', 'kubelet metrics'),
    tcp(
      PORTS.k3sLoadBalancer.range,
      'all',
      'loopback',
      'API by loopback: the agent’s load balancer, or the server itself',
    ),
    ...(many ? [tcp(PORTS.etcd.range, 'servers', options.nodeNetwork, 'etcd clients and peers')] : []),
  ];
}

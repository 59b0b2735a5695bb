import { DNS_PORT } from '../net/well-known-ports';
import type { SpecPath } from '../spec/finding';
import { PODS } from './claim';
import { workload, type Endpoint, type WorkloadName } from './endpoint';
import type { Flow } from './flow';

/** The pods that answer for cluster DNS: name as in K3s's manifests/coredns.yaml. */
export const CLUSTER_DNS: WorkloadName = 'kube-system/coredns';

/** Look-ups of names in the cluster, by UDP, and by TCP where an answer is long. */
export function lookUps(from: Endpoint, reason: string, source: SpecPath): Omit<Flow, 'declaredBy'>[] {
  return (['udp', 'tcp'] as const).map((protocol) => ({
    from,
    to: workload(CLUSTER_DNS),
    protocol,
    port: { container: DNS_PORT, service: DNS_PORT },
    over: PODS,
    address: 'service',
    reason,
    source,
  }));
}

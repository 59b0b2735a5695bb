import { PortRange } from '../net/port';
import { PORTS } from '../net/well-known-ports';
import { PODS } from '../plan/claim';
import { nodes, workload, type WorkloadName } from '../plan/endpoint';
import type { Flow } from '../plan/flow';
import { addressKind } from '../plan/network-kind';
import type { Cluster } from '../spec/cluster';
import type { SpecPath } from '../spec/finding';

/** A workload's calls to the Kubernetes API: by its Service from a pod, at the servers themselves from the host network. */
export function apiFlow(
  spec: Cluster,
  caller: { readonly name: WorkloadName; readonly hostNetwork: boolean },
  reason: string,
  source: SpecPath,
): Omit<Flow, 'declaredBy'> {
  const api = PORTS.k3sApi.range;
  const network = spec.k3s.nodeNetwork;
  return {
    from: workload(caller.name),
    to: nodes('servers'),
    protocol: 'tcp',
    port: { container: api, host: api, ...(caller.hostNetwork ? {} : { service: PortRange.of(443) }) },
    over: caller.hostNetwork ? network : PODS,
    address: caller.hostNetwork ? addressKind(spec, network) : 'service',
    encryptedBy: 'TLS',
    reason,
    source,
  };
}

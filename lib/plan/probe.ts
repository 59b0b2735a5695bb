import { PortRange } from '../net/port';
import type { NodeSelector } from '../spec/fields';
import type { SpecPath } from '../spec/finding';
import { PODS } from './claim';
import { nodes, workload, type WorkloadName } from './endpoint';
import type { Flow } from './flow';

/** Pods that the kubelet of their node asks whether they are well. */
export interface Probed {
  readonly name: WorkloadName;
  readonly nodes?: NodeSelector;
  readonly port: number;
  readonly tls?: boolean;
  readonly source: SpecPath;
}

/**
 * The kubelet's probes of a pod with an address of its own. They come from its own node and never leave it; pods of the
 * host network are asked by loopback.
 */
export function probe({ name, nodes: select = 'all', port, tls = false, source }: Probed): Omit<Flow, 'declaredBy'> {
  return {
    from: nodes(select),
    to: workload(name),
    protocol: 'tcp',
    port: { container: PortRange.of(port) },
    over: PODS,
    address: 'pod',
    sameNode: true,
    ...(tls ? { encryptedBy: 'TLS' } : {}),
    reason: 'the kubelet asks whether it is well',
    source,
  };
}

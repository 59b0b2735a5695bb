import type { PortRange } from '../net/port';
import type { NodeSelector } from '../spec/fields';
import type { SpecPath } from '../spec/finding';
import type { NetworkName } from './claim';
import type { WorkloadName } from './endpoint';
import type { PortNumbers } from './flow';

/** A process that binds a port. */
export interface Listener {
  readonly owner: string;
  /** Nodes whose own network it binds, or the workload whose pods bind it. */
  readonly on: { readonly nodes: NodeSelector } | { readonly workload: WorkloadName };
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  /** Which addresses it binds: all, loopback alone, or those of one network. */
  readonly bind: 'all' | 'loopback' | NetworkName;
  readonly ports: PortNumbers;
  /** What it serves. */
  readonly purpose: string;
  /** User it runs as. Absent: root. */
  readonly runAsUser?: number;
  /** Whether the kubelet of its own node calls it, to learn whether it is well. */
  readonly probed?: boolean;
  readonly source: SpecPath;
}

/** The port at its node's own addresses where one is mapped, else the one that its process binds. */
export function boundPort({ ports }: Pick<Listener, 'ports'>): PortRange {
  return ports.host ?? ports.container;
}

import { PortRange } from '../net/port';
import type { Cluster } from '../spec/cluster';
import type { SpecPath } from '../spec/finding';
import { sortedEntries } from '../text/compare';
import { PODS } from './claim';
import { workload, type WorkloadName } from './endpoint';
import type { Flow, HttpRequest } from './flow';
import { addressKind } from './network-kind';
import { workloadName } from './workload-name';

/** What somebody's pods call of an app of the spec. */
export interface AppNeed {
  readonly app: string;
  /** Which of its ports. Absent: all it has. */
  readonly port?: string | undefined;
  /** By which of its addresses. @default service */
  readonly by?: 'service' | 'node' | undefined;
  /** Requests it makes. Absent: any. */
  readonly http?: readonly HttpRequest[] | undefined;
  readonly reason: string;
}

/** Calls of an app: by its Service, or at the nodes themselves, whose own ports those of an app on the host network are. */
export function callsOfApp(
  spec: Cluster,
  from: WorkloadName,
  need: AppNeed,
  source: SpecPath,
): Omit<Flow, 'declaredBy'>[] {
  const peer = spec.apps[need.app];
  if (peer === undefined) throw new Error(`no app ${need.app}`);
  const over = peer.hostNetwork ? spec.k3s.nodeNetwork : PODS;
  const atNode = peer.hostNetwork && need.by === 'node';
  return sortedEntries(peer.ports)
    .filter(([port]) => need.port === undefined || need.port === port)
    .map(([, { container, service, protocol, tls }]) => ({
      from: workload(from),
      to: workload(workloadName(spec, need.app)),
      protocol,
      port: {
        container: PortRange.of(container),
        ...(atNode ? {} : { service: PortRange.of(service) }),
        ...(peer.hostNetwork ? { host: PortRange.of(container) } : {}),
      },
      over,
      address: atNode ? addressKind(spec, over) : 'service',
      ...(tls ? { encryptedBy: 'TLS' } : {}),
      ...(need.http === undefined ? {} : { http: need.http }),
      reason: need.reason,
      source,
    }));
}

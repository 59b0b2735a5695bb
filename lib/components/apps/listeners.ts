import { PortRange } from '../../net/port';
import type { Listener } from '../../plan/listener';
import { workloadName } from '../../plan/workload-name';
import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';

/** What the apps' processes bind. */
export function appListeners(spec: Cluster): Omit<Listener, 'owner'>[] {
  return sortedEntries(spec.apps).flatMap(([name, app]) =>
    sortedEntries(app.ports).map(([port, { container, service, protocol }]): Omit<Listener, 'owner'> => {
      const bound = PortRange.of(container);
      return {
        on: app.hostNetwork ? { nodes: app.nodes } : { workload: workloadName(spec, name) },
        protocol,
        bind: 'all',
        ports: { container: bound, service: PortRange.of(service), ...(app.hostNetwork ? { host: bound } : {}) },
        purpose: `${port} of ${name}`,
        ...(app.runAsUser === undefined || app.runAsUser === 0 ? {} : { runAsUser: app.runAsUser }),
        source: ['apps', name, 'ports', port],
      };
    }),
  );
}

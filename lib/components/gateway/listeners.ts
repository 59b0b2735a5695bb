import { PortRange } from '../../net/port';
import type { Listener } from '../../plan/listener';
import { gatewayWorkload, type Placed } from './place';
import { gatewayPorts } from './service';

/** What a gateway's pods bind. */
export function gatewayListeners({ gateway, source }: Placed): Omit<Listener, 'owner'>[] {
  const own = { on: { workload: gatewayWorkload(gateway) }, bind: 'all', runAsUser: gateway.runAsUser } as const;
  return [
    ...gatewayPorts(gateway).map(({ name, protocol, service, container }) => ({
      ...own,
      protocol,
      ports: { container, service },
      purpose: gateway.ports[name]?.purpose ?? `${name} of ${gateway.name}`,
      source: [...source, 'ports', name],
    })),
    ...(gateway.health === undefined
      ? []
      : [
          {
            ...own,
            protocol: 'tcp' as const,
            ports: { container: PortRange.of(gateway.health.port) },
            purpose: `health of ${gateway.name}, for probes`,
            probed: true,
            source: [...source, 'health', 'port'],
          },
        ]),
  ];
}

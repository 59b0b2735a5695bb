import { PortRange } from '../../net/port';
import type { Listener } from '../../plan/listener';
import type { Cluster } from '../../spec/cluster';
import { entrypoints, innerPorts } from './entrypoints';
import type { TraefikOptions } from './options';
import { placeOf, traefikWorkload } from './place';

/** What Traefik binds: on the host network it is the node's own ports, the inner ones included. */
export function traefikListeners(options: TraefikOptions, spec: Cluster): Omit<Listener, 'owner'>[] {
  const onHost = options.mode === 'host-network';
  const listener = (bound: number, purpose: string, dialled?: number, probed = false): Omit<Listener, 'owner'> => {
    const container = PortRange.of(bound);
    return {
      on: onHost ? { nodes: options.nodes } : { workload: traefikWorkload(options) },
      protocol: 'tcp',
      bind: 'all',
      ports: {
        container,
        ...(onHost ? { host: container } : {}),
        ...(!onHost && dialled !== undefined ? { service: PortRange.of(dialled) } : {}),
      },
      purpose,
      runAsUser: options.runAsUser,
      ...(probed ? { probed } : {}),
      source: placeOf(spec),
    };
  };
  return [
    ...entrypoints(options).map(({ name, bound, dialled }) => listener(bound, `entrypoint ${name}`, dialled)),
    ...innerPorts(options).map(({ port, purpose, probed }) => listener(port, purpose, undefined, probed)),
  ];
}

import type { WorkloadName } from '../../plan/endpoint';
import type { Workload } from '../../plan/workload';
import type { GatewayOptions } from './options';
import type { Placed } from './place';

type Forward = Pick<GatewayOptions['forwards'][number], 'namespace' | 'port'>;

/** What pods that somebody else makes are called here: after the gateway's port that leads to them. */
export function forwardedWorkload({ name }: GatewayOptions, { namespace, port }: Forward): WorkloadName {
  return `${namespace}/behind-${name}-${port}`;
}

/** Pods behind the gateway that a selector finds; where there is none, they are all of a namespace. */
export function forwardedWorkloads({ gateway, source }: Placed): Omit<Workload, 'owner'>[] {
  return gateway.forwards.flatMap((forward, i) =>
    Object.keys(forward.selector).length === 0
      ? []
      : [
          {
            name: forwardedWorkload(gateway, forward),
            namespace: forward.namespace,
            labels: forward.selector,
            hostNetwork: false,
            nodes: 'all',
            source: [...source, 'forwards', i],
          },
        ],
  );
}

import { balancedPort } from '../../plan/balanced-service';
import type { LoadBalancerService } from '../../plan/load-balancer';
import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';
import { entrypoints, type Entrypoint } from './entrypoints';
import type { TraefikOptions } from './options';
import { namespaceOf, placeOf, RELEASE, traefikWorkload } from './place';

/** A Service of type LoadBalancer in front of Traefik. */
export interface FrontService {
  readonly name: string;
  readonly entrypoints: readonly Entrypoint[];
  readonly balanced: Omit<LoadBalancerService, 'owner'>;
}

/** The Services in front of Traefik, by name; none where it is on the host network. */
export function frontServices(options: TraefikOptions, spec: Cluster): FrontService[] {
  if (options.mode === 'host-network') return [];
  const asked = sortedEntries(options.services);
  return asked.length === 0
    ? [frontService(options, spec, RELEASE, { externalTrafficPolicy: 'Cluster' }, [])]
    : asked.map(([name, service]) => frontService(options, spec, name, service, ['services', name]));
}

function frontService(
  options: TraefikOptions,
  spec: Cluster,
  name: string,
  asked: TraefikOptions['services'][string],
  path: readonly string[],
): FrontService {
  const reached = entrypoints(options).filter((one) => asked.entrypoints?.includes(one.name) ?? true);
  return {
    name,
    entrypoints: reached,
    balanced: {
      name: `${namespaceOf(options)}/${name}`,
      workload: traefikWorkload(options),
      ports: reached.map(({ name: port, bound, dialled, tls }) =>
        balancedPort(port, { service: dialled, container: bound }, { tls }),
      ),
      ...(asked.addresses === undefined ? {} : { addresses: asked.addresses }),
      ...(asked.pool === undefined ? {} : { pool: asked.pool }),
      externalTrafficPolicy: asked.externalTrafficPolicy,
      allowFrom: options.allowFrom,
      callersAt: [...placeOf(spec), 'allowFrom'],
      source: [...placeOf(spec), ...path],
    },
  };
}

/**
 * The Service by which Ingresses are reached that name no entrypoint, and whose address stands in their status: the one
 * that bears Traefik's own name, else the first.
 */
export function mainService(options: TraefikOptions, spec: Cluster): FrontService | undefined {
  const all = frontServices(options, spec);
  return all.find(({ name }) => name === RELEASE) ?? all[0];
}

/** Those that the chart does not make itself: it makes one, and calls it after the release. */
export function furtherServices(options: TraefikOptions, spec: Cluster): FrontService[] {
  return frontServices(options, spec).filter(({ name }) => name !== RELEASE);
}

import { balancedPort } from '../../plan/balanced-service';
import type { LoadBalancerService } from '../../plan/load-balancer';
import { workloadName } from '../../plan/workload-name';
import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';

type Service = Omit<LoadBalancerService, 'owner'>;

/** The apps' Services that have addresses of their own. */
export function appLoadBalancers(spec: Cluster): Service[] {
  return Object.keys(spec.apps).flatMap((name) => appLoadBalancer(spec, name) ?? []);
}

export function appLoadBalancer(spec: Cluster, name: string): Service | undefined {
  const app = spec.apps[name];
  if (app?.loadBalancer === undefined) return undefined;
  const { addresses, pool, externalTrafficPolicy, allowFrom } = app.loadBalancer;
  return {
    name: workloadName(spec, name),
    workload: workloadName(spec, name),
    ports: sortedEntries(app.ports).map(([port, numbers]) => balancedPort(port, numbers, numbers)),
    ...(addresses === undefined ? {} : { addresses }),
    ...(pool === undefined ? {} : { pool }),
    externalTrafficPolicy,
    allowFrom,
    callersAt: ['apps', name, 'loadBalancer', 'allowFrom'],
    source: ['apps', name, 'loadBalancer'],
  };
}

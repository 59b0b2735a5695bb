import { posix } from 'node:path';
import { ingressHosts, portOfHost, servedBy } from '../../plan/app-hosts';
import { hostRank, type ServedHost } from '../../plan/served-host';
import { workloadName } from '../../plan/workload-name';
import type { App } from '../../spec/app';
import type { Cluster } from '../../spec/cluster';
import type { SpecPath } from '../../spec/finding';
import { compareKeys, sortedEntries } from '../../text/compare';
import { yaml } from '../../text/yaml';
import type { GatewayOptions } from './options';
import type { Placed } from './place';

/** Requests for one host and path, and the app they are for. */
export interface Route {
  readonly host: string;
  readonly path: string;
  readonly pathType: 'Prefix' | 'Exact';
  readonly app: string;
  readonly port: App['ports'][string];
  readonly source: SpecPath;
}

/** Every route, in the order in which they are tried. */
export function routesOf({ gateway, source }: Placed, spec: Cluster): Route[] {
  const ofApps = sortedEntries(spec.apps)
    .filter(([, app]) => servedBy(app, gateway.name))
    .flatMap(([name, app]) => ingressHosts(app).map((host) => routeTo(name, app, host, ['apps', name, 'hosts'])));
  return [...ofApps, ...ownRoutes({ gateway, source }, spec)].sort((a, b) => compareKeys(rank(a), rank(b)));
}

/** Those that the gateway names itself. */
function ownRoutes({ gateway, source }: Placed, spec: Cluster): Route[] {
  return gateway.routes.flatMap((route, i) => {
    const app = spec.apps[route.app];
    if (app === undefined) throw new Error(`no app ${route.app}`);
    return [routeTo(route.app, app, route, [...source, 'routes', i])];
  });
}

function routeTo(name: string, app: App, host: App['hosts'][number], source: SpecPath): Route {
  const { port } = portOfHost(name, app, host);
  return { host: host.host, path: host.path, pathType: host.pathType, app: name, port, source };
}

/** Of one priority a name comes before the wildcards that fit it too, then a longer path before a shorter one. */
function rank(route: Route): (string | number)[] {
  const { host, path } = route;
  return [-priority(route), ...hostRank(host), -path.length, host, path];
}

/** Exact paths before prefixes, and the root after all others. */
function priority({ path, pathType }: Route): 1 | 2 | 3 {
  if (pathType === 'Exact') return 3;
  return path === '/' ? 1 : 2;
}

/** What a component says of the hosts that it brings in; those of apps are said by the apps. */
export function servedHosts(one: Placed, spec: Cluster): Omit<ServedHost, 'owner'>[] {
  return ownRoutes(one, spec).map(({ host, path, pathType, app, port, source }) => ({
    host,
    path,
    pathType,
    workload: workloadName(spec, app),
    port: { container: port.container, service: port.service, protocol: port.protocol, tls: port.tls },
    by: { ingress: one.gateway.name },
    source,
  }));
}

/** The file that the gateway reads: the highest priority is tried first, and of one priority the first in the list. */
export function routesFile(one: Placed, spec: Cluster): string {
  return yaml({
    routes: routesOf(one, spec).map((route) => ({
      host: route.host,
      path: route.path,
      pathType: route.pathType,
      priority: priority(route),
      target: targetOf(route, spec),
      ...(route.port.tls ? { tls: true } : {}),
    })),
  });
}

/** The app's Service by the name that every namespace knows it by. */
export function targetOf({ app, port }: Pick<Route, 'app' | 'port'>, spec: Cluster): string {
  return `${app}.${spec.apps[app]?.namespace ?? ''}:${port.service}`;
}

/** Name of its ConfigMap. */
export function routesName({ name }: Pick<GatewayOptions, 'name'>): string {
  return `${name}-routes`;
}

/** The key of its routes there, and the name of the file that they are mounted as. */
export function routesKey({ routesFile: path }: Pick<GatewayOptions, 'routesFile'>): string {
  return posix.basename(path);
}

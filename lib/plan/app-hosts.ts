import type { App } from '../spec/app';
import type { Cluster } from '../spec/cluster';
import { compareText, sortedEntries } from '../text/compare';
import type { ServedHost } from './served-host';
import { workloadName } from './workload-name';
import { zoneOf } from './zone';

type Port = App['ports'][string];
type Host = App['hosts'][number];

/** Whether the ingress of that name serves hosts of the app. */
export function servedBy(app: App, ingress: string): boolean {
  return ingressHosts(app).length > 0 && (app.ingress ?? ingress) === ingress;
}

/** The app's hosts that an ingress serves; those of a tunnel go past it. */
export function ingressHosts(app: App): Host[] {
  return app.hosts.filter((host) => tunnelOfHost(host) === undefined);
}

function tunnelOfHost(host: Host): string | undefined {
  return 'tunnel' in host ? host.tunnel : undefined;
}

/** Every host of the spec's apps: where it leads, and what brings its requests in. */
export function hostsOfApps(spec: Cluster): Omit<ServedHost, 'owner'>[] {
  return sortedEntries(spec.apps).flatMap(([name, app]) =>
    app.hosts.map((host, i): Omit<ServedHost, 'owner'> => {
      const tunnel = tunnelOfHost(host);
      const { container, service, protocol, tls } = portOfHost(name, app, host).port;
      return {
        host: host.host,
        path: host.path,
        pathType: host.pathType,
        workload: workloadName(spec, name),
        port: { container, service, protocol, tls },
        by: tunnel === undefined ? { ingress: app.ingress ?? spec.ingress[0]?.name ?? '' } : { tunnel },
        ...(app.purpose === undefined ? {} : { purpose: app.purpose }),
        source: ['apps', name, 'hosts', i],
      };
    }),
  );
}

/** The entrypoints it asks for, as Traefik's annotation takes them; empty for the default ones. */
export function entrypointsOfHost(host: App['hosts'][number]): string {
  return 'entrypoints' in host ? [...(host.entrypoints ?? [])].sort().join(',') : '';
}

/** The TLS options that it asks for by name; empty for the default ones. */
export function tlsOptionsOfHost(host: App['hosts'][number]): string {
  return 'tlsOptions' in host ? (host.tlsOptions ?? '') : '';
}

/** The port that a host name leads to: the one it names, or the app's only one. */
export function portOfHost(name: string, app: App, host: App['hosts'][number]): { name: string; port: Port } {
  const names = Object.keys(app.ports);
  const named = 'port' in host ? host.port : undefined;
  const wanted = named ?? (names.length === 1 ? names[0] : undefined);
  const port = wanted === undefined ? undefined : app.ports[wanted];
  if (wanted === undefined || port === undefined) throw new Error(`host ${host.host} of app ${name} leads to no port`);
  return { name: wanted, port };
}

/** The ports of an app that an ingress of that name dials, each once. */
export function servedPorts(name: string, app: App, ingress: string): Port[] {
  if (!servedBy(app, ingress)) return [];
  const ports = new Map(
    ingressHosts(app)
      .map((host) => portOfHost(name, app, host))
      .map(({ name, port }) => [name, port]),
  );
  return [...ports].sort(([a], [b]) => compareText(a, b)).map(([, port]) => port);
}

/** Whether the origin must speak TLS for that host: its zone says how it is reached. */
export function wantsTls(spec: Cluster, host: string): boolean {
  const zone = zoneOf(spec, host);
  return zone !== undefined && zone.originTls !== 'flexible';
}

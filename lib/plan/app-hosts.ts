import type { App } from '../spec/app';
import type { Cluster } from '../spec/cluster';
import { compareText } from '../text/compare';

type Port = App['ports'][string];

/** Whether the ingress of that name serves the app's hosts. */
export function servedBy(app: App, ingress: string): boolean {
  return app.hosts.length > 0 && (app.ingress ?? ingress) === ingress;
}

/** The entrypoints it asks for, as Traefik's annotation takes them; empty for the default ones. */
export function entrypointsOfHost(host: App['hosts'][number]): string {
  return 'entrypoints' in host ? [...(host.entrypoints ?? [])].sort().join(',') : '';
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
  const ports = new Map(app.hosts.map((host) => portOfHost(name, app, host)).map(({ name, port }) => [name, port]));
  return [...ports].sort(([a], [b]) => compareText(a, b)).map(([, port]) => port);
}

/** Whether the origin must speak TLS for that host: its zone says how it is reached. */
export function wantsTls(spec: Cluster, host: string): boolean {
  const zones = Object.keys(spec.dns.zones).filter((zone) => host === zone || host.endsWith(`.${zone}`));
  const nearest = zones.sort((a, b) => b.length - a.length)[0];
  return nearest !== undefined && spec.dns.zones[nearest]?.originTls !== 'flexible';
}

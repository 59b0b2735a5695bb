import { fault, invalid, unknownPart } from './faults';
import type { Finding, SpecPath } from './finding';
import { unknownEntrypoint } from './ingress-references';
import { componentName, hostOf, items, keysOf, textOf, type Names } from './names';
import { unknownTlsOptions } from './traefik-references';
import { isMapping, member, valueAt } from './walk';

/** What an app's host names refer to: one of its ports, an ingress, that ingress's entrypoints. */
export function hostFindings(raw: unknown, names: Names, app: string): Finding[] {
  return items(raw, 'apps', app, 'hosts').flatMap((host, i) => {
    const path: SpecPath = ['apps', app, 'hosts', i];
    return [...portFindings(raw, app, host, path), ...servingFindings(raw, names, app, host, path)];
  });
}

function portFindings(raw: unknown, app: string, host: unknown, path: SpecPath): Finding[] {
  const written = valueAt(raw, ['apps', app, 'ports']);
  if (written !== undefined && !isMapping(written)) return [];
  const ports = keysOf(written);
  const port = member(host, 'port');
  if (typeof port === 'string') return unknownPart([...path, 'port'], `app ${app}`, 'port', port, ports);
  if (port !== undefined || ports.length === 1) return [];
  if (ports.length === 0)
    return [invalid(path, `app ${app} has a host name, but no port to serve it`, `give it one at apps.${app}.ports`)];
  const name = hostOf(host);
  const sorted = [...ports].sort();
  const which = `nothing says which of them serves ${name ?? 'this host'}`;
  const fix = name === undefined ? undefined : JSON.stringify({ host: name, port: sorted[0] });
  return [invalid([...path, 'port'], `app ${app} has the ports ${sorted.join(', ')}, and ${which}`, fix)];
}

/** Public DNS and tunnels take an underscore; the host of an Ingress or a route does not (Kubernetes: RFC 1123). */
function nameWithUnderscore(host: unknown, path: SpecPath): Finding | undefined {
  const name = hostOf(host);
  if (name === undefined || !name.includes('_')) return undefined;
  const place = typeof host === 'string' ? path : [...path, 'host'];
  const mended = name.replace(/(^|\.)_+/g, '$1').replace(/_+/g, '-');
  const fix = mended.split('.').includes('') ? undefined : mended;
  return invalid(place, `${JSON.stringify(name)} has an underscore, which no ingress takes`, fix);
}

function servingFindings(raw: unknown, names: Names, app: string, host: unknown, path: SpecPath): Finding[] {
  if (member(host, 'tunnel') !== undefined) return [];
  const underscored = nameWithUnderscore(host, path);
  if (underscored !== undefined) return [underscored];
  const known = names('ingress');
  const chosen = valueAt(raw, ['apps', app, 'ingress']);
  if (chosen === undefined && known.length === 0) {
    return [
      fault(
        'SPEC_UNKNOWN_NAME',
        path,
        `app ${app} has a host name, and the cluster has no ingress to serve it`,
        'name one in ingress, such as { kind: "traefik" }',
      ),
    ];
  }
  if (chosen === undefined && known.length > 1) {
    return [
      fault(
        'SPEC_UNKNOWN_NAME',
        ['apps', app, 'ingress'],
        `the cluster has the ingresses ${known.join(', ')}, and app ${app} does not say which serves its hosts`,
        known[0] ?? '',
      ),
    ];
  }
  const ingress = items(raw, 'ingress').find((one) => componentName(one) === (chosen ?? known[0]));
  if (ingress === undefined) return [];
  return [
    ...items(host, 'entrypoints').flatMap((name, i) => unknownEntrypoint([...path, 'entrypoints', i], ingress, name)),
    ...unknownTlsOptions([...path, 'tlsOptions'], ingress, member(host, 'tlsOptions')),
    ...(member(ingress, 'kind') === 'easyhaproxy' ? wholeHosts(host, path) : []),
  ];
}

/**
 * EasyHAProxy sends every request of a host to the backend of its first path, and knows no wildcards.
 * Source: EasyHAProxy's documentation, Kubernetes.
 */
function wholeHosts(host: unknown, path: SpecPath): Finding[] {
  const name = hostOf(host);
  const way = textOf(member(host, 'path')) ?? '/';
  return [
    ...(name?.startsWith('*.') === true
      ? [
          invalid(
            path,
            `EasyHAProxy serves no wildcard such as ${name}`,
            'its names one by one, or an ingress of kind traefik',
          ),
        ]
      : []),
    ...(way === '/'
      ? []
      : [
          invalid(
            [...path, 'path'],
            `EasyHAProxy sends every request of a host to one app, whatever its path, and so not only those below ${way}`,
            '/',
          ),
        ]),
  ];
}

/** Requests that an app claims: those that one ingress or tunnel takes for one host name and path. */
interface HostClaim {
  readonly app: string;
  readonly place: string;
  readonly path: SpecPath;
  readonly host: unknown;
}

/** Two apps, or one app twice, that would answer the same requests. */
export function hostsTwice(raw: unknown, names: Names): Finding[] {
  const claims = new Map<string, HostClaim[]>();
  for (const app of names('app')) {
    items(raw, 'apps', app, 'hosts').forEach((host, i) => {
      const name = hostOf(host);
      if (name === undefined) return;
      const [key, place] = requestsOf(serverOf(raw, names, app, host), name, host);
      const claim: HostClaim = { app, place, path: ['apps', app, 'hosts', i], host };
      claims.set(key, [...(claims.get(key) ?? []), claim]);
    });
  }
  for (const [key, claim] of gatewayRoutes(raw)) claims.set(key, [...(claims.get(key) ?? []), claim]);
  return [...claims.values()].flatMap(collisions);
}

/** Routes that a gateway names itself, beside the hosts of the apps. */
function gatewayRoutes(raw: unknown): [key: string, claim: HostClaim][] {
  return items(raw, 'ingress').flatMap((gateway, i) =>
    items(gateway, 'routes').flatMap((route, j): [string, HostClaim][] => {
      const [name, app] = [hostOf(route), textOf(member(route, 'app'))];
      if (name === undefined || app === undefined) return [];
      const [key, place] = requestsOf(`ingress ${componentName(gateway) ?? ''}`, name, route);
      return [[key, { app, place, path: ['ingress', i, 'routes', j], host: route }]];
    }),
  );
}

/** Which requests these are, as a key and in a reader's words. */
function requestsOf(server: string, name: string, host: unknown): [key: string, place: string] {
  const path = textOf(member(host, 'path')) ?? '/';
  const key = [server, name, path, textOf(member(host, 'pathType')) ?? 'Prefix'].join(' ');
  return [key, path === '/' ? name : name + path];
}

/** Each claim that meets one before it. */
function collisions(claims: readonly HostClaim[]): Finding[] {
  return claims.flatMap((second, i): Finding[] => {
    const first = claims.slice(0, i).find((one) => shareEntrypoint(one.host, second.host));
    if (first === undefined) return [];
    const both = `the apps ${first.app} and ${second.app} both claim ${second.place}`;
    const message = first.app === second.app ? `app ${first.app} claims ${second.place} twice` : both;
    const fix = 'give one of them another host name or path';
    return [{ code: 'HOST_TWICE', severity: 'error', at: [second.path, first.path], message, fix }];
  });
}

/** What brings requests for a host: a tunnel, or the app's ingress. */
function serverOf(raw: unknown, names: Names, app: string, host: unknown): string {
  const tunnel = textOf(member(host, 'tunnel'));
  if (tunnel !== undefined) return `tunnel ${tunnel}`;
  return `ingress ${textOf(valueAt(raw, ['apps', app, 'ingress'])) ?? names('ingress').join(' ')}`;
}

/** A host without entrypoints of its own is on all that its ingress serves by default, so that it meets every other. */
function shareEntrypoint(a: unknown, b: unknown): boolean {
  const [first, second] = [items(a, 'entrypoints'), items(b, 'entrypoints')];
  return first.length === 0 || second.length === 0 || first.some((name) => second.includes(name));
}

import { hostsOfApps } from '../../plan/app-hosts';
import { hostRank, type ServedHost } from '../../plan/served-host';
import type { CloudflareTunnel } from '../../plan/tunnel';
import type { Cluster } from '../../spec/cluster';
import { compareKeys } from '../../text/compare';

/** A line of cloudflared's `ingress`, which takes the first that fits. */
export type Rule = {
  readonly hostname?: string;
  /** A regular expression of Go's, for the path. */
  readonly path?: string;
  readonly service: string;
  readonly originRequest?: { readonly originServerName: string };
};

type Host = Omit<ServedHost, 'owner'>;

/** The hosts that name this tunnel. */
export function hostsOfTunnel({ name }: CloudflareTunnel, spec: Cluster): Host[] {
  return hostsOfApps(spec).filter(({ by }) => 'tunnel' in by && by.tunnel === name);
}

/** One rule a host and path. The last must fit every request, or cloudflared does not start. */
export function rulesOf(tunnel: CloudflareTunnel, spec: Cluster): Rule[] {
  const hosts = hostsOfTunnel(tunnel, spec).sort((a, b) => compareKeys(rank(a), rank(b)));
  return [...hosts.map(rule), { service: 'http_status:404' }];
}

/** What fits fewer requests comes first: names before wildcards, long paths before short ones, whole before prefix. */
function rank({ host, path, pathType }: Host): (string | number)[] {
  return [...hostRank(host), host, -path.length, path, pathType];
}

function rule({ host, path, pathType, workload, port }: Host): Rule {
  const [namespace = '', name = ''] = workload.split('/');
  const pattern = patternOf(path, pathType);
  return {
    hostname: host,
    ...(pattern === undefined ? {} : { path: pattern }),
    service: `${port.tls ? 'https' : 'http'}://${name}.${namespace}:${port.service}`,
    // Without it the app's certificate would have to be for its Service.
    ...(port.tls && !host.startsWith('*.') ? { originRequest: { originServerName: host } } : {}),
  };
}

/** What an Ingress means by a path, as a regular expression; undefined for every path. */
function patternOf(path: string, pathType: Host['pathType']): string | undefined {
  const literal = path.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
  if (pathType === 'Exact') return `^${literal}$`;
  const prefix = literal.replace(/\/+$/, '');
  return prefix === '' ? undefined : `^${prefix}(/|$)`;
}

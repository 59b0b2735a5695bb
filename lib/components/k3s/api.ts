import type { Address } from '../../net/address';
import { addressesOf, addressOf, initServer, selectNodes } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';

/** The name or address that a kubeconfig holds. */
export function apiEndpoint(spec: Cluster): string {
  const endpoint = spec.api.endpoint;
  const first = initServer(spec);
  if (endpoint === undefined) return String(addressOf(spec, first, spec.k3s.nodeNetwork));
  if ('vip' in endpoint) return String(endpoint.vip);
  if ('host' in endpoint) return endpoint.host;
  return String(addressOf(spec, first, endpoint.network));
}

/** Everything the API's certificate must be valid for beside what K3s adds by itself (each server's own node-ip). */
export function apiNames(spec: Cluster): string[] {
  return [...new Set([apiEndpoint(spec), ...insteadOfIt(spec), ...spec.k3s.tlsNames])].sort();
}

/** What an operator may name while the first server is away: the others' addresses on the same network. */
function insteadOfIt(spec: Cluster): string[] {
  const endpoint = spec.api.endpoint;
  if (endpoint === undefined || 'vip' in endpoint || 'host' in endpoint) return [];
  return selectNodes(spec, 'servers').flatMap((name) => addressesOf(spec, name, endpoint.network).map(String));
}

export function url(host: Address, port: number): string {
  return host.family === 6 ? `https://[${host}]:${port}` : `https://${host}:${port}`;
}

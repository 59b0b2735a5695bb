import type { Address } from '../../net/address';
import type { NetworkName } from '../../plan/claim';
import { addressesOf, addressOf, initServer, selectNodes } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';

/** The name or address that a kubeconfig holds. @param over the network by which its owner comes, if it is known */
function apiEndpoint(spec: Cluster, over?: NetworkName): string {
  const endpoint = spec.api.endpoint;
  if (endpoint !== undefined && 'vip' in endpoint) return String(endpoint.vip);
  if (endpoint !== undefined && 'host' in endpoint) return endpoint.host;
  const first = initServer(spec);
  const [there] = over === undefined ? [] : addressesOf(spec, first, over);
  return String(there ?? addressOf(spec, first, endpoint?.network ?? spec.k3s.nodeNetwork));
}

/** The server that a kubeconfig for others names: where one virtual address or name leads to it, or where they meet it. */
export function kubeconfigUrl(spec: Cluster, over?: NetworkName): string {
  const host = apiEndpoint(spec, over);
  return `https://${host.includes(':') ? `[${host}]` : host}:${spec.api.port}`;
}

/**
 * Everything the API's certificate must be valid for: what a kubeconfig names, and the servers' own addresses within and
 * without. K3s adds a server's own to the certificate of that server; all of them stand here, so that every server can
 * be dialled in place of another.
 */
export function apiNames(spec: Cluster): string[] {
  const own = apiNetworks(spec).flatMap((network) => serverAddresses(spec, network));
  return [...new Set([apiEndpoint(spec), ...own, ...spec.k3s.tlsNames])].sort();
}

/** Networks on which every server's own address is in it. */
export function apiNetworks({ api: { endpoint }, k3s: { nodeNetwork, externalNetwork } }: Cluster): NetworkName[] {
  // What an operator may name while the first server is away: the others' addresses on the same network.
  const named = endpoint !== undefined && 'network' in endpoint ? [endpoint.network] : [];
  return [...new Set([nodeNetwork, ...(externalNetwork === undefined ? [] : [externalNetwork]), ...named])];
}

export function serverAddresses(spec: Cluster, network: NetworkName): string[] {
  return selectNodes(spec, 'servers').flatMap((name) => addressesOf(spec, name, network).map(String));
}

/**
 * Where other nodes join, and the first server's name where it is that server's own address. A virtual address leads to
 * whichever server lives, so that a node can join while the first is away; on another network than the nodes' own not
 * every node would reach it. Source: K3s documentation, fixed registration address; kube-vip documentation, K3s.
 */
export function joinAddress(spec: Cluster): { readonly address: Address; readonly server?: string } {
  const { endpoint } = spec.api;
  const isAnnounced = spec.loadBalancers.some((one) => one.kind === 'kube-vip' && one.controlPlane !== undefined);
  if (endpoint !== undefined && 'vip' in endpoint && endpoint.network === spec.k3s.nodeNetwork && isAnnounced)
    return { address: endpoint.vip };
  const server = initServer(spec);
  return { address: addressOf(spec, server, spec.k3s.nodeNetwork), server };
}

export function url(host: Address, port: number): string {
  return `https://${host.withPort(port)}`;
}

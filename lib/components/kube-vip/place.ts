import type { Address } from '../../net/address';
import type { NetworkName } from '../../plan/claim';
import { ableToAnnounce } from '../../plan/announcers';
import { networkOfPeer } from '../../plan/bgp-network';
import { selectNodes } from '../../plan/nodes';
import { poolsOf, routersOf, type Pool } from '../../plan/pool';
import type { SpecPath } from '../../spec/finding';
import type { Cluster } from '../../spec/cluster';
import type { NodeSelector } from '../../spec/fields';
import type { KubeVipOptions } from './options';

export const NAMESPACE = 'kube-system';
export const CONTROL_PLANE = 'kube-vip-control-plane';
export const SERVICES = 'kube-vip-services';
export const CLOUD_PROVIDER = 'kube-vip-cloud-provider';

export function placeOf(spec: Cluster): SpecPath {
  return ['loadBalancers', spec.loadBalancers.findIndex(({ kind }) => kind === 'kube-vip')];
}

/** The API's virtual address, where kube-vip is to announce it and the spec names one. */
export function virtualApi(
  options: KubeVipOptions,
  { api }: Cluster,
): { readonly vip: Address; readonly network: NetworkName } | undefined {
  const endpoint = api.endpoint;
  return options.controlPlane !== undefined && endpoint !== undefined && 'vip' in endpoint ? endpoint : undefined;
}

export function kubeVipPools(spec: Cluster): Pool[] {
  return poolsOf(spec).filter(({ owner }) => owner === 'kube-vip');
}

/** Networks whose LoadBalancer addresses it announces: its own pools', or those of whoever allocates in its place. */
export function announcedNetworks(spec: Cluster): NetworkName[] {
  const networks = poolsOf(spec).map(({ network }) => network);
  return networks.length === 0 ? [spec.k3s.nodeNetwork] : [...new Set(networks)].sort();
}

/**
 * Whether the pods that announce the API announce Services, too. A router keeps one BGP session with a node (RFC 4271,
 * section 6.8), so that one pod of each server has to speak for both.
 */
export function speakForBoth(options: KubeVipOptions, spec: Cluster): boolean {
  return options.mode === 'bgp' && options.services !== undefined && virtualApi(options, spec) !== undefined;
}

/** Nodes with a pod for Services alone: by BGP any may tell a router, by ARP it must be on every network they are on. */
export function serviceNodes(options: KubeVipOptions, spec: Cluster): NodeSelector | undefined {
  if (options.services === undefined) return undefined;
  if (speakForBoth(options, spec)) return selectNodes(spec, 'agents').length > 0 ? 'agents' : undefined;
  if (options.mode === 'bgp') return 'all';
  const names = Object.keys(spec.nodes).filter((name) =>
    announcedNetworks(spec).every((network) =>
      ableToAnnounce(spec, { nodes: { names: [name] }, network }).includes(name),
    ),
  );
  return names.length === Object.keys(spec.nodes).length ? 'all' : { names };
}

/** The interface by whose address a node is known to its routers. */
export function routerInterface(options: KubeVipOptions, spec: Cluster): string {
  const [router] = routersOf(options) ?? [];
  return bearer(options, spec, router === undefined ? spec.k3s.nodeNetwork : networkOfPeer(spec, router));
}

/** The interface that bears a network's addresses: the one asked for, else the network's own. */
export function bearer(options: KubeVipOptions, spec: Cluster, network: NetworkName): string {
  const device = options.interface ?? spec.networks[network]?.interface;
  if (device === undefined) throw new Error(`no network ${network}`);
  return device;
}

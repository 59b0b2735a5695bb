import type { Address } from '../../net/address';
import type { NetworkName } from '../../plan/claim';
import { poolsOf, type Pool } from '../../plan/load-balancer';
import { announcersOf } from '../../plan/announcers';
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

/** Nodes that are on every network it announces Services on. */
export function serviceNodes(spec: Cluster): NodeSelector {
  const names = Object.keys(spec.nodes).filter((name) =>
    announcedNetworks(spec).every((network) =>
      announcersOf(spec, { nodes: { names: [name] }, network, owner: 'kube-vip' }).includes(name),
    ),
  );
  return names.length === Object.keys(spec.nodes).length ? 'all' : { names };
}

/** The interface that bears a network's addresses: the one asked for, else the network's own. */
export function bearer(options: KubeVipOptions, spec: Cluster, network: NetworkName): string {
  const device = options.interface ?? spec.networks[network]?.interface;
  if (device === undefined) throw new Error(`no network ${network}`);
  return device;
}

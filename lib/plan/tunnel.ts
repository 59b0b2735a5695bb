import type { Cluster } from '../spec/cluster';
import type { WorkloadName } from './endpoint';

type Tunnel = Cluster['tunnels'][number];
export type CloudflareTunnel = Extract<Tunnel, { kind: 'cloudflare-tunnel' }>;
export type Tailscale = Extract<Tunnel, { kind: 'tailscale' }>;

export function cloudflareTunnels(spec: Cluster): CloudflareTunnel[] {
  return spec.tunnels.filter((tunnel) => tunnel.kind === 'cloudflare-tunnel');
}

/** A tunnel's own pods: one Deployment in its namespace. */
export function cloudflaredOf({ namespace }: CloudflareTunnel): WorkloadName {
  return `${namespace}/cloudflared`;
}

/** The name that records of a tunnel's hosts lead to. Source: Cloudflare docs, tunnel DNS records. */
export function tunnelTarget({ tunnelId }: CloudflareTunnel): string {
  return `${tunnelId.toLowerCase()}.cfargotunnel.com`;
}

/** The pods of one of Tailscale's connectors. */
export function connectorOf({ namespace }: Pick<Tailscale, 'namespace'>, connector: string): WorkloadName {
  return `${namespace}/${connector}`;
}

/**
 * The pods by which devices of a tailnet come in. None where the nodes are on it themselves.
 * A subnet router puts its own address in place of the device's (tailscale's `--snat-subnet-routes`, on by default).
 */
export function tailnetRouters(
  spec: Cluster,
  network: string,
): { namespace: string; workloads: WorkloadName[] } | undefined {
  if (Object.values(spec.nodes).some(({ addresses }) => addresses[network] !== undefined)) return undefined;
  const tailscale = spec.tunnels.find((tunnel) => tunnel.kind === 'tailscale' && tunnel.network === network);
  if (tailscale?.kind !== 'tailscale') return undefined;
  const workloads = Object.keys(tailscale.connectors).map((name) => connectorOf(tailscale, name));
  return workloads.length === 0 ? undefined : { namespace: tailscale.namespace, workloads };
}

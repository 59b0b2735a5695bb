import type { PortRange } from '../../net/port';
import { OVERHEAD } from '../../net/well-known-mtu';
import { PORTS } from '../../net/well-known-ports';
import type { PodNetwork } from '../../plan/pod-network';
import type { Flow } from '../../plan/flow';
import type { FlannelBackend, FlannelOptions } from './options';

interface Layer {
  readonly label: string;
  readonly bytes: number;
}

/** What one of Flannel's backends is made of. */
export interface Backend {
  readonly name: FlannelBackend;
  readonly encapsulation: PodNetwork['encapsulation'];
  /** UDP port of the tunnel, by the outer packet's family. None: pod packets travel as they are. */
  readonly ports?: { readonly 4: PortRange; readonly 6: PortRange };
  /** What Flannel subtracts, for its devices and every pod, whatever the outer family. */
  readonly overhead?: Layer;
  /** What the kernel subtracts for the device of an outer family where that is more: it grants no larger MTU. */
  readonly kernelOverhead?: { readonly 6: Layer };
  /** Tunnel devices, by the outer packet's family. */
  readonly devices: { readonly 4?: string; readonly 6?: string };
  readonly encryptedBy?: string;
  /** `Type` and options in Flannel's net-conf.json. */
  readonly netConf: Readonly<Record<string, string | number>>;
}

/** Ports, devices and overheads are Flannel's: backend/vxlan, backend/wireguard, backend/hostgw; net-conf is K3s's pkg/agent/flannel. */
export const BACKENDS: Readonly<Record<FlannelBackend, Backend>> = {
  vxlan: {
    name: 'vxlan',
    encapsulation: 'vxlan',
    ports: { 4: PORTS.flannelVxlan.range, 6: PORTS.flannelVxlan.range },
    overhead: OVERHEAD.flannelVxlan,
    kernelOverhead: { 6: OVERHEAD.vxlan6 },
    devices: { 4: 'flannel.1', 6: 'flannel-v6.1' },
    netConf: { Type: 'vxlan' },
  },
  'wireguard-native': {
    name: 'wireguard-native',
    encapsulation: 'wireguard',
    ports: { 4: PORTS.flannelWireguard4.range, 6: PORTS.flannelWireguard6.range },
    overhead: OVERHEAD.flannelWireguard,
    devices: { 4: 'flannel-wg', 6: 'flannel-wg-v6' },
    encryptedBy: 'WireGuard (Flannel)',
    netConf: { Type: 'wireguard', PersistentKeepaliveInterval: 25 },
  },
  'host-gw': { name: 'host-gw', encapsulation: 'none', devices: {}, netConf: { Type: 'host-gw' } },
};

/** The backend that the nodes come from while they roll. */
export function backendBefore({ backend, migrating }: FlannelOptions): Backend | undefined {
  if (migrating === false) return undefined;
  if (migrating !== true) return BACKENDS[migrating.from];
  return backend === 'vxlan' ? BACKENDS['wireguard-native'] : BACKENDS.vxlan;
}

/** The flow of a backend's outer packets, if it has any of its own. */
export function tunnelFlow(
  backend: Backend,
  family: 4 | 6,
): Pick<Flow, 'protocol' | 'port' | 'encryptedBy' | 'reason'> | undefined {
  const port = backend.ports?.[family];
  if (port === undefined) return undefined;
  return {
    protocol: 'udp',
    port: { container: port, host: port },
    ...(backend.encryptedBy === undefined ? {} : { encryptedBy: backend.encryptedBy }),
    reason: `the ${backend.name} tunnel carries pod traffic between nodes`,
  };
}

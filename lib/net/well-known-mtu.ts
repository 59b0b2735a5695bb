/** What an encapsulation takes from the MTU of the link below it. */
export interface Overhead {
  readonly label: string;
  readonly bytes: number;
  readonly source: string;
}

/** MTUs of links and interfaces, in bytes. */
export const MTU_BYTES = {
  /** Source: RFC 894. */
  ethernet: 1500,
  /** Fixed, whatever the link below has. Source: tailscale `net/tstun/mtu.go`. */
  tailscale: 1280,
} as const;

/** What wg-quick subtracts, whatever the outer family. Source: flannel `wireguard_network.go`, which reckons alike. */
export const WIREGUARD_OVERHEAD_BYTES = 80;

/** The overheads of each encapsulation, in bytes. The family is that of the outer packet. */
export const OVERHEAD = {
  vxlan4: { label: 'VXLAN', bytes: 50, source: 'felix `int_dataplane.go`; flannel `device.go`' },
  vxlan6: { label: 'VXLAN over IPv6', bytes: 70, source: 'felix `int_dataplane.go`' },
  /** Flannel subtracts the same over IPv6, where its pods' MTU is then 20 too large. */
  flannelVxlan: { label: 'VXLAN', bytes: 50, source: 'flannel `device.go`' },
  geneve4: { label: 'Geneve', bytes: 50, source: 'Cilium `pkg/mtu/mtu.go`, TunnelOverheadIPv4' },
  geneve6: { label: 'Geneve over IPv6', bytes: 70, source: 'Cilium `pkg/mtu/mtu.go`, TunnelOverheadIPv6' },
  /** Comes on top of Geneve where Services answer by DSR. */
  geneveDsr: { label: 'Geneve DSR option', bytes: 12, source: 'Cilium `pkg/mtu/mtu.go`, DsrTunnelOverhead' },
  wireguard4: { label: 'WireGuard', bytes: 60, source: 'felix `int_dataplane.go`' },
  wireguard6: { label: 'WireGuard over IPv6', bytes: 80, source: 'felix `int_dataplane.go`' },
  /** As wg-quick reckons it, whatever the outer family. */
  wgQuick: { label: 'WireGuard', bytes: WIREGUARD_OVERHEAD_BYTES, source: 'wg-quick(8); flannel reckons alike' },
  /** As Flannel reckons it, whatever the outer family. */
  flannelWireguard: { label: 'WireGuard', bytes: 80, source: 'flannel `wireguard_network.go`' },
  ciliumWireguardBefore1195: { label: 'WireGuard', bytes: 80, source: 'Cilium `pkg/mtu/mtu.go` before 1.19.5' },
  /** Includes WireGuard's padding to 16 bytes. */
  ciliumWireguard: { label: 'WireGuard', bytes: 95, source: 'Cilium 1.19.5, PR 45940, issue 47176' },
  /** With a key of 128 bits, as Cilium reckons it. */
  ciliumIpsec: { label: 'IPsec', bytes: 77, source: 'Cilium `pkg/mtu/mtu.go`, EncryptionIPsecOverhead' },
  ipip: { label: 'IP-in-IP', bytes: 20, source: 'felix `int_dataplane.go`' },
} as const satisfies Readonly<Record<string, Overhead>>;

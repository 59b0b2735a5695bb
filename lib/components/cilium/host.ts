import type { HostNeeds } from '../../plan/host-needs';
import type { CiliumOptions } from './options';
import { tunnelOf } from './routing';

/**
 * Cilium sends a pod's packets back by another device than the one they came by, which the reverse-path filter drops;
 * the kernel takes the larger of `all` and the device's own value, and systemd sets the latter to 2 on new devices.
 * Source: Cilium issue 10645; the chart's own sysctlfix writes the same.
 */
const NO_REVERSE_PATH_FILTER = [
  'net.ipv4.conf.all.rp_filter',
  '-net.ipv4.conf.cilium_*.rp_filter',
  '-net.ipv4.conf.lxc*.rp_filter',
].map((key) => ({
  key,
  value: '0',
  reason: "Cilium's devices carry packets that the reverse-path filter would drop",
}));

/** What Cilium wants of each machine. */
export function hostNeeds(options: CiliumOptions): HostNeeds {
  const tunnel = tunnelOf(options);
  return {
    sysctls: NO_REVERSE_PATH_FILTER,
    modules: [
      ...(tunnel === undefined ? [] : [{ name: tunnel.name, reason: "Cilium's tunnel between nodes" }]),
      ...MODULES[options.encryption].map((name) => ({ name, reason: "Cilium's encryption between nodes" })),
    ],
  };
}

const MODULES: Readonly<Record<CiliumOptions['encryption'], readonly string[]>> = {
  none: [],
  wireguard: ['wireguard'],
  ipsec: ['esp4', 'xfrm_user'],
};

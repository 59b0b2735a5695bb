import { OVERHEAD, type Overhead } from '../../net/well-known-mtu';
import type { HelmValue } from '../../plan/helm-release';
import { VERSIONS } from '../versions';
import type { CiliumLine } from './options';

/** How a pod network without gaps in its encryption is asked for. */
export type StrictMode = { readonly enabled: true; readonly cidr: string; readonly allowRemoteNodeIdentities: true };

/** What differs between the lines of Cilium's releases. Source: the charts' own schemas and defaults. */
interface Line {
  /** Version of the chart, which is Cilium's own. */
  readonly chart: string;
  readonly wireguard: Overhead;
  /** The chart's `encryption.strictMode`. */
  strictMode(mode: StrictMode): HelmValue;
  /** Values that only this line wants. */
  readonly extra: { readonly authentication?: { readonly enabled: false } };
}

export const LINES: Readonly<Record<CiliumLine, Line>> = {
  '1.18': {
    chart: VERSIONS.ciliumChart118,
    wireguard: OVERHEAD.ciliumWireguardBefore1195,
    strictMode: (mode) => mode,
    // Off by itself since 1.19; nothing here asks for it.
    extra: { authentication: { enabled: false } },
  },
  '1.20': {
    chart: VERSIONS.ciliumChart,
    wireguard: OVERHEAD.ciliumWireguard,
    strictMode: (mode) => ({ egress: mode }),
    extra: {},
  },
};

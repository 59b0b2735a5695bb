import type { Cluster } from '../spec/cluster';
import type { SpecPath } from '../spec/finding';
import type { Required } from './capability';
import type { NetworkName } from './claim';
import { isWireguard } from './network-kind';

/**
 * What has to be up before anything speaks over a network: the overlay that wg-quick makes. A tailnet is none of them:
 * its daemon comes with the machine, and nothing here brings it up.
 */
export function overlayNeed(spec: Cluster, network: NetworkName, source: SpecPath): Omit<Required, 'owner'>[] {
  return isWireguard(spec, network) ? [{ name: 'overlay', scope: network, source }] : [];
}

import type { MtuSum } from '../../net/mtu';
import { OVERHEAD } from '../../net/well-known-mtu';
import { leastMtu } from '../../plan/network-mtu';
import { selectNodes } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import type { SwarmOptions } from './options';

/**
 * The largest packet on a network that spans the nodes: Docker gives such a network 1500 whatever carries it, and so it
 * has to be told. Source: Docker docs, overlay network driver, com.docker.network.driver.mtu.
 */
export function swarmMtu({ network }: SwarmOptions, spec: Cluster): MtuSum {
  const { label, bytes } = selectNodes(spec, 'all').every((node) =>
    (spec.nodes[node]?.addresses[network] ?? []).every(({ family }) => family === 4),
  )
    ? OVERHEAD.vxlan4
    : OVERHEAD.vxlan6;
  return leastMtu(spec, network).minus(label, bytes);
}

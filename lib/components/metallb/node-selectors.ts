import type { L2AdvertisementSpecNodeSelectors } from '../../../imports/metallb.io';
import { ableToAnnounce } from '../../plan/announcers';
import type { Pool } from '../../plan/pool';
import { hostnameOf, selectNodes } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import { SERVER_LABEL } from '../placement';

/** Which nodes announce, by MetalLB's selectors; undefined for all. Nodes that are not on the network are left out by name. */
export function nodeSelectors(spec: Cluster, pool: Pool): L2AdvertisementSpecNodeSelectors[] | undefined {
  const { nodes } = pool;
  const able = ableToAnnounce(spec, pool);
  const asAsked = able.length === selectNodes(spec, nodes).length;
  if (!asAsked) return [byName(spec, able)];
  if (nodes === 'all') return undefined;
  if (nodes === 'servers') return [{ matchLabels: { [SERVER_LABEL]: 'true' } }];
  if (nodes === 'agents') return [{ matchExpressions: [{ key: SERVER_LABEL, operator: 'DoesNotExist' }] }];
  if ('labels' in nodes) return [{ matchLabels: nodes.labels }];
  return [byName(spec, nodes.names)];
}

function byName(spec: Cluster, names: readonly string[]): L2AdvertisementSpecNodeSelectors {
  const values = names.map((name) => hostnameOf(spec, name)).sort();
  return { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values }] };
}

import { selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import type { Finding } from '../../spec/finding';
import { runsK3s } from '../../spec/orchestrator';
import { listed, warns } from '../found';

/**
 * Members of etcd that speak over the internet, or over a tailnet whose packets may take relays: a heartbeat that is late
 * starts an election. Source: k3s docs, distributed hybrid clusters, which leave embedded etcd out.
 */
export function etcdFar({ spec }: Plan): Finding[] {
  const { nodeNetwork, datastore } = spec.k3s;
  const servers = selectNodes(spec, 'servers');
  const kind = spec.networks[nodeNetwork]?.kind;
  if (!runsK3s(spec) || datastore !== 'etcd' || servers.length < 2 || (kind !== 'public' && kind !== 'tailnet'))
    return [];
  return [
    warns('ETCD_FAR', {
      at: [
        ['k3s', 'nodeNetwork'],
        ['networks', nodeNetwork, 'kind'],
      ],
      message: `etcd's members ${listed(servers)} agree on every change over ${nodeNetwork}, a ${kind === 'public' ? 'public network' : 'tailnet'}: a heartbeat every 100 ms, and an election after 1000 ms without one`,
      fix: 'a private network between the servers as k3s.nodeNetwork, or one server',
    }),
  ];
}

import { selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import type { Cluster } from '../../spec/cluster';
import type { Finding, SpecPath } from '../../spec/finding';
import { fails, warns } from '../found';

/** More pods than there are nodes for them. */
export function replicas({ spec }: Plan): Finding[] {
  return [...operator(spec), ...cloudflared(spec)];
}

/** Its pods use the nodes' own ports, so that there can be one on a node. Source: Cilium chart, operator.hostNetwork and its anti-affinity. */
function operator(spec: Cluster): Finding[] {
  const wanted = spec.cni.kind === 'cilium' ? spec.cni.operatorReplicas : undefined;
  const nodes = selectNodes(spec, 'all').length;
  if (wanted === undefined || wanted <= nodes) return [];
  const path = ['cni', 'operatorReplicas'];
  return [
    fails('REPLICAS_TOO_MANY', {
      at: [path],
      message: `Cilium's operator is to have ${wanted} pods, one a node, and there ${nodes === 1 ? 'is one node' : `are ${nodes} nodes`}: ${wanted - nodes} of them would never start, and the release would never be ready`,
      fix: String(nodes),
      suggest: { path, value: nodes },
    }),
  ];
}

/** They are spread evenly: with more than nodes there are two on one of them, which fail together. */
function cloudflared(spec: Cluster): Finding[] {
  const nodes = selectNodes(spec, 'all').length;
  return spec.tunnels.flatMap((tunnel, i) => {
    if (tunnel.kind !== 'cloudflare-tunnel' || tunnel.replicas <= Math.max(nodes, 2)) return [];
    const path: SpecPath = ['tunnels', i, 'replicas'];
    const fewer = Math.max(nodes, 2);
    return [
      warns('REPLICAS_TOO_MANY', {
        at: [path],
        message: `tunnel ${tunnel.name} is to have ${tunnel.replicas} pods on ${nodes} nodes: those that share a node fail together`,
        fix: String(fewer),
        suggest: { path, value: fewer },
      }),
    ];
  });
}

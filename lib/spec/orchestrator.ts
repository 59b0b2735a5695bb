import type { SwarmOptions } from '../components/swarm/options';
import { k3s, type K3s } from './k3s';
import type { Node, WrittenNode } from './node';

/** What the completion reads of a spec; the rest passes through as it is. */
interface Written<Cni> {
  readonly k3s?: K3s | undefined;
  readonly cni?: Cni | undefined;
  readonly swarm?: SwarmOptions | undefined;
  readonly nodes: Readonly<Record<string, WrittenNode>>;
}

/** A spec in which both orchestrators have their place, so that no reader has to ask first. */
type Completed<Cni, Spec extends Written<Cni>> = Omit<Spec, 'k3s' | 'cni' | 'nodes'> & {
  k3s: K3s;
  cni: NonNullable<Spec['cni']> | NoPodNetwork;
  nodes: Record<string, Node>;
};

interface NoPodNetwork {
  readonly kind: 'none';
}

/**
 * Fills in what a cluster of Swarm alone does not say. Its K3s has no ranges of pods and Services and no components, so
 * that whatever is derived from them comes out empty; the network on which its nodes speak is the Swarm's, and its servers
 * are the Swarm's managers. What is right to leave out is decided by `orchestratorFindings`, not here.
 */
export function completed<Cni, Spec extends Written<Cni>>(spec: Spec): Completed<Cni, Spec> {
  const managers = spec.swarm?.managers ?? [];
  const nodes: Record<string, Node> = Object.fromEntries(
    Object.entries(spec.nodes).map(([name, node]) => {
      const role = node.role ?? (managers.includes(name) ? 'server' : 'agent');
      return [name, { ...node, role }];
    }),
  );
  return { ...spec, nodes, k3s: spec.k3s ?? withoutK3s(spec.swarm?.network ?? ''), cni: spec.cni ?? { kind: 'none' } };
}

function withoutK3s(nodeNetwork: string): K3s {
  return { ...k3s.parse({ nodeNetwork, datastore: 'sqlite' }), clusterCidrs: [], serviceCidrs: [] };
}

/** Whether a cluster has K3s; where it has none, it has a Swarm. */
export function runsK3s(spec: { readonly cni: { readonly kind: string } }): boolean {
  return spec.cni.kind !== 'none';
}

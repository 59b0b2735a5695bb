import type { Cluster } from '../spec/cluster';
import { runsK3s } from '../spec/orchestrator';

/** Who judges pods' connections, and in whose words it is told what to let through. */
export type PolicyDialect = 'kubernetes' | 'cilium';

export function policyDialect({ cni }: Pick<Cluster, 'cni'>): PolicyDialect {
  return cni.kind === 'cilium' ? 'cilium' : 'kubernetes';
}

/** Whether policies are given to the cluster. Of the engines Cilium alone can take them without enforcing them. */
export function rendersPolicies(spec: Cluster): boolean {
  if (!runsK3s(spec) || spec.policies === 'off') return false;
  return spec.policies === 'enforce' || policyDialect(spec) === 'cilium';
}

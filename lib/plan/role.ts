import type { Cluster } from '../spec/cluster';
import { runsK3s } from '../spec/orchestrator';

/** What a node is called for what it does: K3s's words, or where there is no K3s those of Docker Swarm. */
export function roleName(spec: Cluster, role: 'server' | 'agent'): string {
  if (runsK3s(spec)) return role;
  return role === 'server' ? 'manager' : 'worker';
}

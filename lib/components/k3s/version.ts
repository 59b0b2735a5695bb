import type { Cluster } from '../../spec/cluster';
import { runsK3s } from '../../spec/orchestrator';
import { VERSIONS } from '../versions';

/** The K3s release that a cluster runs; undefined where it runs none. */
export function k3sVersionOf(spec: Cluster): string | undefined {
  return runsK3s(spec) ? (spec.k3s.version ?? VERSIONS.k3s) : undefined;
}

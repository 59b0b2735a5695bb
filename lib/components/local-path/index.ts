import { runsK3s } from '../../spec/orchestrator';
import { apiFlow } from '../api-flow';
import { register } from '../component';
import { TAINTS_OF_SERVERS } from '../placement';

/** Name and labels as in K3s's manifests/local-storage.yaml. */
const PROVISIONER = 'kube-system/local-path-provisioner';
const source = ['k3s', 'disable'];

/** Volumes on nodes' own disks, as K3s packages them. The pods that make and remove a volume's folder call nobody. */
export const localPath = register<Record<string, never>>({
  name: 'local-path',
  options: (spec) => (!runsK3s(spec) || spec.k3s.disable.includes('local-storage') ? undefined : {}),
  requires: () => [{ name: 'pod-network', source }],
  workloads: () => [
    {
      name: PROVISIONER,
      namespace: 'kube-system',
      labels: { app: 'local-path-provisioner' },
      hostNetwork: false,
      nodes: 'all',
      tolerates: TAINTS_OF_SERVERS,
      source,
    },
  ],
  flows: (_, spec) => [
    apiFlow(
      spec,
      { name: PROVISIONER, hostNetwork: false },
      'the provisioner watches claims, and makes the volumes they ask for',
      source,
    ),
  ],
});

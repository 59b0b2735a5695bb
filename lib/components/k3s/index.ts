import { runsK3s } from '../../spec/orchestrator';
import { register } from '../component';
import { K3S_PROCESS } from '../k3s-process';
import { k3sConfig } from './config';
import { k3sFailure } from './failure';
import { k3sFlags } from './flags';
import { k3sFlows } from './flows';
import { k3sListeners } from './listeners';
import { k3sNotes } from './notes';
import { overlayNeed } from '../../plan/overlay-need';

/** K3s itself: its config on every node, its control plane's ports, and its built-in policy controller. */
export const k3s = register({
  name: 'k3s',
  title: 'K3s',
  options: (spec) => (runsK3s(spec) ? spec.k3s : undefined),
  provides: (_, spec) => [
    {
      name: 'control-plane',
      failure: k3sFailure(spec),
      process: K3S_PROCESS,
      source: ['k3s'],
    },
    // K3s embeds kube-router's controller, and turns it off where another CNI brings its own engine.
    ...(spec.cni.kind === 'flannel'
      ? [
          {
            name: 'policy-engine' as const,
            failure: 'Policies that change are not enforced on that node; rules already in the kernel stay.',
            process: K3S_PROCESS,
            source: ['k3s'],
          },
        ]
      : []),
  ],
  // What a kubeconfig and joining nodes dial has to be announced by somebody; the first server starts without it.
  requires: (options, spec) => [
    ...(spec.api.endpoint !== undefined && 'vip' in spec.api.endpoint
      ? [{ name: 'api-address' as const, usedBy: 'operators and nodes that join', source: ['api', 'endpoint'] }]
      : []),
    ...overlayNeed(spec, options.nodeNetwork, ['k3s', 'nodeNetwork']),
  ],
  // The API server makes it again whenever it differs. Source: Kubernetes pkg/controlplane/controller/kubernetesservice.
  reservedServices: () => [{ name: 'default/kubernetes', purpose: 'the Kubernetes API', source: ['k3s'] }],
  listeners: (options, spec) => k3sListeners(options, spec),
  flows: (options, spec) => k3sFlows(options, spec),
  k3s: (options, spec, node) => k3sFlags(options, spec, node),
  notes: (_, spec) => k3sNotes(spec),
  host: (_, plan, node) => ({ files: [k3sConfig(plan, node)] }),
});

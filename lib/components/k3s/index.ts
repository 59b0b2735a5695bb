import { register } from '../component';
import { k3sConfig } from './config';
import { k3sFlags } from './flags';
import { k3sFlows } from './flows';
import { k3sListeners } from './listeners';

/** K3s itself: its config on every node, its control plane's ports, and its built-in policy controller. */
export const k3s = register({
  name: 'k3s',
  options: (spec) => spec.k3s,
  provides: (_, spec) => [
    {
      name: 'control-plane',
      failure:
        'nothing new is scheduled and no Service or policy changes; what runs goes on. With embedded etcd a majority of the servers must live.',
      source: ['k3s'],
    },
    // K3s embeds kube-router's controller, and turns it off where another CNI brings its own engine.
    ...(spec.cni.kind === 'flannel'
      ? [
          {
            name: 'policy-engine' as const,
            failure: 'network policies that change are not enforced; rules already in the kernel stay.',
            source: ['k3s'],
          },
        ]
      : []),
  ],
  requires: () => [],
  listeners: (options, spec) => k3sListeners(options, spec),
  flows: (options, spec) => k3sFlows(options, spec),
  k3s: (options, spec, node) => k3sFlags(options, spec, node),
  host: (_, plan, node) => ({ files: [k3sConfig(plan, node)] }),
});

import { register } from '../component';
import type { CiliumOptions } from '../cilium/options';
import { addHostPolicies } from './policies';
import { hostNeeds } from './host';
import { hostFirewallNotes } from './notes';

const source = ['cni', 'hostFirewall'];

/**
 * The firewall of the nodes where Cilium is the one who sees every packet first: its own policies, each rule a flow of
 * the plan. Cilium itself is told to enforce them in its own component, which comes before this one.
 */
export const ciliumHostFirewall = register<CiliumOptions>({
  name: 'cilium-host-firewall',
  title: 'Cilium (host firewall)',
  options: (spec) => (spec.cni.kind === 'cilium' && spec.cni.hostFirewall ? spec.cni : undefined),
  provides: () => [
    {
      name: 'host-firewall',
      failure:
        'rules in the kernel stay until the next boot; a node answers anyone from its boot until its agent runs.',
      source,
    },
  ],
  requires: () => [
    { name: 'control-plane', source },
    { name: 'pod-network', source },
    { name: 'crds', scope: 'cilium.io', source },
  ],
  commands: () => ({ firewall: ['kubectl describe ccnp'] }),
  notes: (_, spec) => hostFirewallNotes(spec),
  host: (_, plan, node) => hostNeeds(plan.spec, node),
  manifests: (chart, _, plan) => addHostPolicies(chart, plan),
});

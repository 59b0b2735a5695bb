import type { CalicoOptions } from '../calico/options';
import { register } from '../component';
import { hostNeeds, ipv6Notes } from './ipv6';
import { hostEndpointNotes } from './notes';
import { addHostEndpoints } from './policies';

const source = ['cni', 'hostEndpoints'];

/** The firewall of the nodes as Calico's own policies, each rule a flow of the plan, NodePorts and passing traffic included. */
export const calicoHostEndpoints = register<CalicoOptions>({
  name: 'calico-host-endpoints',
  title: 'Calico (host endpoints)',
  options: (spec) => (spec.cni.kind === 'calico' && spec.cni.hostEndpoints ? spec.cni : undefined),
  provides: () => [
    {
      name: 'host-firewall',
      failure:
        'rules in the kernel stay until the next boot; a node answers anyone from its boot until calico-node runs.',
      source,
    },
  ],
  requires: () => [
    { name: 'control-plane', source },
    { name: 'pod-network', source },
    { name: 'crds', scope: 'crd.projectcalico.org', source },
  ],
  notes: (_, spec) => [...hostEndpointNotes(spec), ...ipv6Notes(spec)],
  host: (_, plan, node) => hostNeeds(plan.spec, node),
  manifests: (chart, _, plan) => addHostEndpoints(chart, plan),
});

import { bgpSessions } from '../../plan/bgp-peer';
import { requireAll, type Provided } from '../../plan/capability';
import { poolClaims } from '../../plan/pool';
import { register } from '../component';
import { strictArp } from '../strict-arp';
import { VERSIONS } from '../versions';
import { metallbFlows } from './flows';
import { metallbListeners } from './listeners';
import { addMetallb, PRIVILEGED } from './manifests';
import { metallbNotes } from './note';
import type { MetallbOptions } from './options';
import { CONTROLLER, NAMESPACE, partLabels, placeOf, SPEAKER, WEBHOOK_SERVICE } from './place';
import { metallbValues } from './values';

/** MetalLB: a controller that allocates addresses, and a speaker on each node that announces them. */
export const metallb = register<MetallbOptions>({
  name: 'metallb',
  title: 'MetalLB',
  options: (spec) => spec.loadBalancers.find((balancer) => balancer.kind === 'metallb'),
  provides: ({ mode }, spec): Omit<Provided, 'owner'>[] => [
    {
      name: 'load-balancer-addresses',
      failure: 'new LoadBalancer Services get no address; those that have one keep it.',
      source: placeOf(spec),
    },
    {
      name: 'load-balancer-announcement',
      failure:
        mode === 'bgp'
          ? 'when a node fails, the routers send to the others once its sessions have run out; with every speaker down they know no way to the addresses.'
          : 'when a node fails, another takes over its addresses within seconds; with every speaker down nobody answers for them.',
      source: placeOf(spec),
    },
    {
      name: 'crds',
      scope: 'metallb.io',
      failure: "MetalLB's own kinds of object are still written, and nobody acts on them",
      source: placeOf(spec),
    },
    ...bgpSessions(spec, 'metallb'),
  ],
  namespaces: () => [{ name: NAMESPACE, labels: PRIVILEGED }],
  requires: (_, spec) => requireAll(placeOf(spec), 'control-plane', 'pod-network', 'service-routing'),
  claims: (_, spec) => poolClaims(spec, 'metallb'),
  reservedServices: (_, spec) => [
    { name: WEBHOOK_SERVICE, purpose: 'checks of its pools', workload: CONTROLLER, source: placeOf(spec) },
  ],
  listeners: metallbListeners,
  flows: metallbFlows,
  workloads: (_, spec) => [
    {
      name: CONTROLLER,
      namespace: NAMESPACE,
      labels: partLabels('controller'),
      hostNetwork: false,
      nodes: 'all',
      source: placeOf(spec),
    },
    {
      name: SPEAKER,
      namespace: NAMESPACE,
      labels: partLabels('speaker'),
      hostNetwork: true,
      nodes: 'all',
      source: placeOf(spec),
    },
  ],
  helm: (options) => ({
    name: 'metallb',
    namespace: NAMESPACE,
    chart: 'metallb',
    repository: 'https://metallb.github.io/metallb',
    hosts: ['*.githubusercontent.com', 'github.com', 'metallb.github.io'],
    version: VERSIONS.metallbChart,
    values: metallbValues(options),
  }),
  k3s: ({ mode }, spec) => (mode === 'l2' ? strictArp(spec, 'MetalLB') : []),
  notes: metallbNotes,
  manifests: addMetallb,
});

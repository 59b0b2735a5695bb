import { svclbOf } from '../../plan/balanced-service';
import { requireAll } from '../../plan/capability';
import { PODS } from '../../plan/claim';
import { nodes, workload } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import type { Listener } from '../../plan/listener';
import type { LoadBalancerService } from '../../plan/load-balancer';
import { addressKind } from '../../plan/network-kind';
import { isSelected } from '../../plan/nodes';
import type { SpecPath } from '../../spec/finding';
import type { Cluster } from '../../spec/cluster';
import { register } from '../component';
import { servicelbNotes } from './note';
import type { ServicelbOptions } from './options';
import { TAINTS_OF_SERVERS } from '../placement';

type Declared = Omit<Flow, 'declaredBy'>;
const NAMESPACE = 'kube-system';
/** Once one node bears it, only nodes that do open ports. Source: K3s docs, networking services. */
const ENABLE_LABEL = 'svccontroller.k3s.cattle.io/enablelb';

/** K3s's own load balancer: for each Service a DaemonSet whose pods take its ports on the nodes and pass them on. */
export const servicelb = register<ServicelbOptions>({
  name: 'servicelb',
  title: 'ServiceLB',
  options: (spec) => spec.loadBalancers.find((balancer) => balancer.kind === 'servicelb'),
  provides: (_, spec) => [
    {
      name: 'load-balancer-addresses',
      failure: 'new LoadBalancer Services open no port; those that have theirs keep it.',
      source: placeOf(spec),
    },
    {
      name: 'load-balancer-announcement',
      failure: "a node's own address fails with the node: clients must dial another one themselves.",
      source: placeOf(spec),
    },
  ],
  requires: (_, spec) => requireAll(placeOf(spec), 'control-plane', 'pod-network', 'service-routing'),
  listeners: (options, _, services) => services.flatMap((service) => listenersOf(options, service)),
  flows: (options, spec, services) => services.flatMap((service) => flowsOf(options, spec, service)),
  workloads: (options, spec, services) =>
    services.map((service) => ({
      name: svclbOf(service),
      namespace: NAMESPACE,
      labels: labelsOf(service),
      hostNetwork: false,
      nodes: options.nodes,
      tolerates: TAINTS_OF_SERVERS,
      source: placeOf(spec),
    })),
  k3s: (options, spec, node) =>
    options.nodes !== 'all' && isSelected(spec, node, options.nodes)
      ? [{ name: 'node-label', value: [`${ENABLE_LABEL}=true`], reason: 'ServiceLB opens ports on this node' }]
      : [],
  notes: servicelbNotes,
});

function placeOf(spec: Cluster): SpecPath {
  return ['loadBalancers', spec.loadBalancers.findIndex(({ kind }) => kind === 'servicelb')];
}

/** Source: k3s pkg/cloudprovider/servicelb.go. */
function labelsOf({ name }: Pick<LoadBalancerService, 'name'>): Readonly<Record<string, string>> {
  const [namespace = '', service = ''] = name.split('/');
  return { 'svccontroller.k3s.cattle.io/svcname': service, 'svccontroller.k3s.cattle.io/svcnamespace': namespace };
}

function listenersOf({ nodes: select }: ServicelbOptions, service: LoadBalancerService) {
  return service.ports.map(
    ({ name, protocol, service: port }): Omit<Listener, 'owner'> => ({
      on: { nodes: select },
      protocol,
      bind: 'all',
      ports: { container: port, host: port },
      purpose: `${service.name}, port ${name}`,
      source: service.source,
    }),
  );
}

/** From ServiceLB's pods on: to the Service, or with `Local` to its node port on the same node. */
function flowsOf(options: ServicelbOptions, spec: Cluster, service: LoadBalancerService): Declared[] {
  const from = workload(svclbOf(service));
  if (service.externalTrafficPolicy === 'Local') {
    const { nodePorts, nodeNetwork } = spec.k3s;
    const protocols = [...new Set(service.ports.map(({ protocol }) => protocol))].sort();
    const toNodePort = protocols.map(
      (protocol): Declared => ({
        from,
        to: nodes(options.nodes),
        protocol,
        // Which of them is known only once Kubernetes has given it out.
        port: { container: nodePorts, host: nodePorts },
        over: PODS,
        address: addressKind(spec, nodeNetwork),
        reason: `ServiceLB passes calls of ${service.name} on to its node port`,
        source: service.source,
      }),
    );
    return [...toNodePort, ...onward(service, 'by its node port')];
  }
  return onward(service, 'under its own address');
}

/** Where the calls end, whatever was dialled on the way. */
function onward(service: LoadBalancerService, how: string): Declared[] {
  const from = workload(svclbOf(service));
  return service.ports.map(({ protocol, service: port, container, encryptedBy }) => ({
    from,
    to: workload(service.workload),
    protocol,
    port: { container, service: port },
    over: PODS,
    address: 'service',
    ...(encryptedBy === undefined ? {} : { encryptedBy }),
    reason: `ServiceLB passes calls of ${service.name} on, ${how}`,
    source: service.source,
  }));
}

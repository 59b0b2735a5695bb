import { createHash } from 'node:crypto';
import type { Chart } from 'cdk8s';
import { KubeConfigMap } from '../../../imports/k8s';
import { isWithdrawn } from '../../plan/announcers';
import { servicelbOf } from '../../plan/balanced-service';
import { requireAll, type Provided, type Required } from '../../plan/capability';
import { pinnedClaim } from '../../plan/load-balancer';
import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';
import { register } from '../component';
import { addObject } from '../plain-object';
import { unannounced } from '../unannounced';
import { addDeployment } from './deployment';
import { gatewayFlows } from './flows';
import { forwardedWorkloads } from './forwards';
import { gatewayListeners } from './listeners';
import { gatewayNotes } from './note';
import { gatewayWorkload, nodesOf, placed, podLabels, type Placed } from './place';
import { addRights } from './rights';
import { routesFile, routesKey, routesName, servedHosts } from './routes';
import { addService, gatewayPorts, gatewayService } from './service';

/** Gateways of somebody's own: an image behind a LoadBalancer Service, with its routes, its rights and its place. */
export const gateway = register<readonly Placed[]>({
  name: 'gateway',
  flowTraits: ['asked-for'],
  options: (spec) => (placed(spec).length === 0 ? undefined : placed(spec)),
  provides: (own, spec) => own.flatMap((one) => provided(one, spec)),
  requires: (own) => own.flatMap(required),
  // Those it leads into as well: policies of theirs must not come before them.
  namespaces: (own) =>
    own.flatMap(({ gateway: { namespace, watches, forwards } }) =>
      [namespace, ...watches, ...forwards.map((forward) => forward.namespace)].map((name) => ({ name })),
    ),
  claims: (own, spec) => own.flatMap((one) => pinnedClaim(spec, gatewayService(one))),
  loadBalancers: (own) => own.map(gatewayService),
  listeners: (own) => own.flatMap(gatewayListeners),
  flows: (own, spec) => own.flatMap((one) => gatewayFlows(one, spec)),
  hosts: (own, spec) => own.flatMap((one) => servedHosts(one, spec)),
  workloads: (own, spec) =>
    own.flatMap((one) => [
      {
        name: gatewayWorkload(one.gateway),
        namespace: one.gateway.namespace,
        labels: podLabels(one.gateway),
        hostNetwork: false,
        nodes: nodesOf(one.gateway, spec),
        source: one.source,
      },
      ...forwardedWorkloads(one),
    ]),
  secrets: (own) =>
    own.flatMap(({ gateway: { name, namespace, secretEnvironment } }) =>
      sortedEntries(secretEnvironment).map(([variable, secret]) => ({
        namespace,
        name: secret.name,
        keys: [secret.key],
        purpose: `variable ${variable} of ${name}`,
      })),
    ),
  notes: (own, spec) => own.flatMap((one) => gatewayNotes(one, spec)),
  manifests: (chart, own, plan) => {
    for (const one of own) addGateway(chart, one, plan.spec);
  },
});

function provided(one: Placed, spec: Cluster): Omit<Provided, 'owner'>[] {
  const { gateway: own, source } = one;
  const service = gatewayService(one);
  const where = String(service.addresses ?? service.name);
  const after =
    servicelbOf(spec) === undefined && isWithdrawn(spec, service) ? `, and ${unannounced(spec, service)}` : '';
  return [
    ...gatewayPorts(own).map(({ name, service: port, protocol }) => ({
      name: 'ingress-port' as const,
      scope: `${port}/${protocol} on ${where}`,
      failure: `nothing answers there any more once the last pod is gone${after}`,
      source: [...source, 'ports', name],
    })),
    {
      name: 'ingress-routing',
      scope: own.name,
      failure: 'requests from outside reach no app by it; what runs inside the cluster goes on',
      source,
    },
  ];
}

function required({ gateway: { certificate, watches }, source }: Placed): Omit<Required, 'owner'>[] {
  return [
    ...requireAll(
      source,
      'cluster-dns',
      'load-balancer-addresses',
      'load-balancer-announcement',
      'pod-network',
      'service-routing',
    ),
    // Its pods wait for the certificate's Secret.
    ...(certificate === undefined ? [] : requireAll(source, 'certificates')),
    ...(watches.length === 0 ? [] : requireAll(source, 'control-plane')),
  ];
}

function addGateway(chart: Chart, one: Placed, spec: Cluster): void {
  const { gateway: own } = one;
  const routes = routesFile(one, spec);
  addObject(KubeConfigMap, chart, `routes-${own.name}`, {
    metadata: { name: routesName(own), namespace: own.namespace },
    data: { [routesKey(own)]: routes },
  });
  addRights(chart, own);
  addDeployment(chart, own, spec, createHash('sha256').update(routes).digest('hex'));
  addService(chart, one, spec);
}

import type { Chart } from 'cdk8s';
import { KubeIngress } from '../../../imports/k8s';
import { wantsTls } from '../../plan/app-hosts';
import { PODS } from '../../plan/claim';
import { workload } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { traefikOf } from '../../plan/traefik';
import type { Plan } from '../../plan/plan';
import type { ServedHost } from '../../plan/served-host';
import type { Cluster } from '../../spec/cluster';
import { INGRESS_CLASS } from '../traefik/options';
import { addObject } from '../plain-object';
import { RELEASE } from './names';
import type { ArgocdOptions } from './options';
import { partName, partPort } from './parts';

/** The Service's port that speaks plain HTTP. Source: values.yaml of the argo-cd chart, `server.service`. */
const HTTP = 80;
const source = ['gitops', 'host'];

/** The name under which an ingress serves Argo CD's pages; none without the option. */
export function argocdHosts(options: ArgocdOptions, spec: Cluster): Omit<ServedHost, 'owner'>[] {
  const ingress = options.host === undefined ? undefined : traefikOf(spec, options.ingress);
  if (options.host === undefined || ingress === undefined) return [];
  return [
    {
      host: options.host,
      path: '/',
      pathType: 'Prefix',
      workload: partName(options, 'server'),
      port: { container: partPort('server').container.first, service: HTTP, protocol: 'tcp', tls: false },
      by: { ingress: ingress.name },
      purpose: 'Argo CD’s web pages and API',
      source,
    },
  ];
}

/** The ingress dials the pods itself. */
export function fromIngress(options: ArgocdOptions, spec: Cluster): Omit<Flow, 'declaredBy'>[] {
  const ingress = options.host === undefined ? undefined : traefikOf(spec, options.ingress);
  if (ingress === undefined) return [];
  return [
    {
      from: workload(ingress.workload),
      to: workload(partName(options, 'server')),
      protocol: 'tcp',
      port: { container: partPort('server').container },
      over: PODS,
      address: 'pod',
      reason: 'the ingress passes on requests for Argo CD',
      source,
    },
  ];
}

export function addIngress(chart: Chart, { host, namespace }: ArgocdOptions, plan: Plan): void {
  if (host === undefined) return;
  addObject(KubeIngress, chart, 'ingress', {
    metadata: {
      name: 'argocd-server',
      namespace,
      // It is healthy only once an ingress has given it an address, and earlier waves bring that.
      annotations: { 'argocd.argoproj.io/sync-wave': String(plan.waves.get(RELEASE) ?? 0) },
    },
    spec: {
      ingressClassName: INGRESS_CLASS,
      rules: [
        {
          host,
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: 'argocd-server', port: { number: HTTP } } },
              },
            ],
          },
        },
      ],
      ...(wantsTls(plan.spec, host) ? { tls: [{ hosts: [host] }] } : {}),
    },
  });
}

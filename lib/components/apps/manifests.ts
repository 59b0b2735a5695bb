import type { Chart } from 'cdk8s';
import { KubeIngress, KubeService, IntOrString, type IngressRule } from '../../../imports/k8s';
import { entrypointsOfHost, ingressHosts, portOfHost, wantsTls } from '../../plan/app-hosts';
import { balancedSpec } from '../../plan/balanced-service';
import { pinAnnotations } from '../../plan/load-balancer';
import type { App } from '../../spec/app';
import type { Cluster } from '../../spec/cluster';
import { sortedBy, sortedEntries } from '../../text/compare';
import { INGRESS_CLASS } from '../traefik/options';
import { ingressOf } from './ingress';
import { podLabels } from './labels';
import { appLoadBalancer } from './load-balancers';

/** The network's part of the apps: what they are called, and how they are reached. Never their pods. */
export function appManifests(chart: Chart, spec: Cluster): void {
  for (const [name, app] of sortedEntries(spec.apps)) {
    addService(chart, spec, name, app);
    addIngresses(chart, spec, name, app);
  }
}

function addService(chart: Chart, spec: Cluster, name: string, app: App): void {
  const ports = sortedEntries(app.ports);
  if (ports.length === 0) return;
  const balanced = appLoadBalancer(spec, name);
  const annotations = {
    ...(ports.every(([, port]) => port.tls) ? { 'traefik.ingress.kubernetes.io/service.serversscheme': 'https' } : {}),
    ...(balanced === undefined ? {} : pinAnnotations(spec, balanced)),
  };
  new KubeService(chart, `service-${name}`, {
    metadata: {
      name,
      namespace: app.namespace,
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
    spec: {
      type: balanced === undefined ? 'ClusterIP' : 'LoadBalancer',
      selector: podLabels(name, app),
      ports: ports.map(([port, { container, service, protocol }]) => ({
        name: port,
        port: service,
        targetPort: IntOrString.fromNumber(container),
        protocol: protocol.toUpperCase(),
      })),
      ...(balanced === undefined ? {} : balancedSpec(spec, balanced)),
    },
  });
}

/** One Ingress for each set of entrypoints, which are a property of the whole object. */
function addIngresses(chart: Chart, spec: Cluster, name: string, app: App): void {
  if (ingressOf(spec, app) === undefined) return;
  const groups = new Map<string, App['hosts'][number][]>();
  for (const host of sortedBy(ingressHosts(app), ({ host, path }) => `${host} ${path}`)) {
    const key = entrypointsOfHost(host);
    groups.set(key, [...(groups.get(key) ?? []), host]);
  }
  for (const [entrypoints, hosts] of groups) addIngress(chart, spec, name, app, entrypoints, hosts);
}

function addIngress(
  chart: Chart,
  spec: Cluster,
  name: string,
  app: App,
  entrypoints: string,
  hosts: App['hosts'],
): void {
  const names = [...new Set(hosts.map(({ host }) => host))];
  const tls = names.filter((host) => wantsTls(spec, host));
  const object = entrypoints === '' ? name : `${name}-${entrypoints.replaceAll(',', '-')}`;
  new KubeIngress(chart, `ingress-${object}`, {
    metadata: {
      name: object,
      namespace: app.namespace,
      ...(entrypoints === ''
        ? {}
        : { annotations: { 'traefik.ingress.kubernetes.io/router.entrypoints': entrypoints } }),
    },
    spec: {
      ingressClassName: INGRESS_CLASS,
      rules: names.map((host) => rule(name, app, host, hosts)),
      ...(tls.length === 0 ? {} : { tls: [{ hosts: tls }] }),
    },
  });
}

function rule(name: string, app: App, host: string, hosts: App['hosts']): IngressRule {
  const paths = hosts
    .filter((one) => one.host === host)
    .map((one) => ({
      path: one.path,
      pathType: one.pathType,
      backend: { service: { name, port: { name: portOfHost(name, app, one).name } } },
    }));
  return { host, http: { paths } };
}

import type { Chart } from 'cdk8s';
import { KubeIngress, KubeService, IntOrString, type IngressRule } from '../../../imports/k8s';
import { entrypointsOfHost, ingressHosts, portOfHost, tlsOptionsOfHost, wantsTls } from '../../plan/app-hosts';
import { balancedSpec } from '../../plan/balanced-service';
import { pinAnnotations } from '../../plan/load-balancer';
import { traefikNamespace } from '../../plan/traefik';
import type { App } from '../../spec/app';
import type { Cluster } from '../../spec/cluster';
import { sortedBy, sortedEntries } from '../../text/compare';
import { crdReference } from '../traefik/options';
import { addObject } from '../plain-object';
import { readerOf, type Reader } from './ingress';
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
    ...(transported(spec, name)
      ? { 'traefik.ingress.kubernetes.io/service.serverstransport': crdReference(app.namespace, name) }
      : {}),
    ...(balanced === undefined ? {} : pinAnnotations(spec, balanced)),
  };
  addObject(KubeService, chart, `service-${name}`, {
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

/** Whether Traefik is told how to speak to the app. */
function transported(spec: Cluster, app: string): boolean {
  return spec.ingress.some((ingress) => ingress.kind === 'traefik' && ingress.transports[app] !== undefined);
}

/** One Ingress for each set of entrypoints and for each way of speaking TLS, which are properties of the whole object. */
function addIngresses(chart: Chart, spec: Cluster, name: string, app: App): void {
  const reader = readerOf(spec, app);
  if (reader === undefined) return;
  const groups = new Map<string, App['hosts'][number][]>();
  for (const host of sortedBy(ingressHosts(app), ({ host, path }) => `${host} ${path}`)) {
    const key = [entrypointsOfHost(host), tlsOptionsOfHost(host)].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), host]);
  }
  for (const hosts of groups.values()) addIngress(chart, spec, name, app, hosts, reader);
}

function addIngress(chart: Chart, spec: Cluster, name: string, app: App, hosts: App['hosts'], reader: Reader): void {
  const [one] = hosts;
  if (one === undefined) return;
  const entrypoints = entrypointsOfHost(one);
  const options = tlsOptionsOfHost(one);
  const annotations = {
    ...(entrypoints === '' ? {} : { 'traefik.ingress.kubernetes.io/router.entrypoints': entrypoints }),
    ...(options === ''
      ? {}
      : {
          'traefik.ingress.kubernetes.io/router.tls.options': crdReference(namespaceOfTraefik(spec), options),
        }),
  };
  const names = [...new Set(hosts.map(({ host }) => host))];
  // EasyHAProxy takes a host for one with TLS only where a Secret with its certificate is named.
  const tls = reader.kind === 'easyhaproxy' ? [] : names.filter((host) => wantsTls(spec, host));
  const object = [name, entrypoints.replaceAll(',', '-'), options].filter((part) => part !== '').join('-');
  addObject(KubeIngress, chart, `ingress-${object}`, {
    metadata: {
      name: object,
      namespace: app.namespace,
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    spec: {
      ingressClassName: reader.className,
      rules: names.map((host) => rule(name, app, host, hosts, reader)),
      ...(tls.length === 0 ? {} : { tls: [{ hosts: tls }] }),
    },
  });
}

function namespaceOfTraefik(spec: Cluster): string {
  const own = spec.ingress.find((ingress) => ingress.kind === 'traefik');
  return traefikNamespace(own?.kind === 'traefik' ? own.install : 'bundled');
}

function rule(name: string, app: App, host: string, hosts: App['hosts'], reader: Reader): IngressRule {
  const paths = hosts
    .filter((one) => one.host === host)
    .map((one) => ({
      path: one.path,
      pathType: one.pathType,
      backend: { service: { name, port: backendPort(portOfHost(name, app, one), reader) } },
    }));
  return { host, http: { paths } };
}

/** EasyHAProxy reads the number alone. Source: EasyHAProxy 6.0.1, processor/kubernetes.py. */
function backendPort({ name, port }: ReturnType<typeof portOfHost>, { kind }: Reader) {
  return kind === 'easyhaproxy' ? { number: port.service } : { name };
}

import { balancedSpec } from '../../plan/balanced-service';
import { frontNetwork } from '../../plan/client-network';
import { pinAnnotations } from '../../plan/load-balancer';
import { addressesOf, selectNodes } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import { placement } from '../placement';
import { entrypoints, innerPorts } from './entrypoints';
import type { TraefikOptions } from './options';
import { namespaceOf, RELEASE } from './place';
import { frontServices, mainService, type FrontService } from './services';
import { trustedPrefixes } from './trusted';
import type { BundledValues, CommonValues, OwnValues, TraefikPort } from './value-types';

/** Values for the Traefik that K3s bundles, by the keys of chart 39; K3s lays them over its own. */
export function bundledValues(options: TraefikOptions, spec: Cluster): BundledValues {
  const onHost = options.mode === 'host-network';
  const service = chartService(options, spec);
  const publish = onHost
    ? [`--providers.kubernetesingress.ingressendpoint.ip=${ingressAddress(options, spec)}`]
    : publishedElsewhere(options, spec);
  return {
    ...common(options, spec),
    service: onHost
      ? { type: 'ClusterIP' }
      : service === undefined
        ? { enabled: false }
        : { type: 'LoadBalancer', ...annotated(spec, service), spec: balancedSpec(spec, service.balanced) },
    ...(publish.length > 0 ? { additionalArguments: publish } : {}),
  };
}

/** Values for a release of its own, by the keys of chart 41: the Service's type has moved, and the Ingresses' address has a key. */
export function ownValues(options: TraefikOptions, spec: Cluster): OwnValues {
  const onHost = options.mode === 'host-network';
  const service = chartService(options, spec);
  const publish = onHost ? [] : publishedElsewhere(options, spec);
  return {
    ...common(options, spec),
    service: onHost
      ? { spec: { type: 'ClusterIP' } }
      : service === undefined
        ? { enabled: false }
        : { ...annotated(spec, service), spec: { type: 'LoadBalancer', ...balancedSpec(spec, service.balanced) } },
    ...(onHost
      ? {
          providers: {
            kubernetesIngress: {
              publishedService: { enabled: false },
              ingressEndpoint: { ip: ingressAddress(options, spec) },
            },
          },
        }
      : {}),
    ...(publish.length > 0 ? { additionalArguments: publish } : {}),
  };
}

function common(options: TraefikOptions, spec: Cluster): CommonValues {
  const user = options.runAsUser;
  return {
    ...(options.mode === 'host-network' ? ON_HOST_NETWORK : behindService(options)),
    ...placement(options.nodes, spec),
    ports: ports(options, spec),
    // A call home that nobody declared.
    global: { checkNewVersion: false },
    podSecurityContext: {
      runAsUser: user,
      runAsGroup: user,
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    // NET_BIND_SERVICE would give a process that is not root nothing: the host's sysctl decides about low ports.
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
  };
}

function behindService({ workload }: TraefikOptions): Pick<CommonValues, 'deployment'> {
  const replicas = workload === 'daemonset' ? undefined : workload.replicas;
  return { deployment: replicas === undefined ? { kind: 'DaemonSet' } : { kind: 'Deployment', replicas } };
}

const ON_HOST_NETWORK = {
  deployment: { kind: 'DaemonSet', dnsPolicy: 'ClusterFirstWithHostNet' },
  hostNetwork: true,
  // Two pods cannot bind one port of a node: the old one has to go first, where the chart would start the new one.
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
  // A ClusterIP Service never has a status to publish. Without one Argo CD calls every Ingress Progressing for ever. A
  // LoadBalancer would set ServiceLB on the same ports.
  providers: { kubernetesIngress: { publishedService: { enabled: false } } },
} as const;

/** The one Service that the chart makes itself; it bears the release's name. */
function chartService(options: TraefikOptions, spec: Cluster): FrontService | undefined {
  return frontServices(options, spec).find(({ name }) => name === RELEASE);
}

function annotated(spec: Cluster, { balanced }: FrontService): { readonly annotations?: Record<string, string> } {
  const annotations = pinAnnotations(spec, balanced);
  return Object.keys(annotations).length === 0 ? {} : { annotations };
}

/** The chart tells Traefik to publish the address of its own Service; where it makes none, another one's is named. */
function publishedElsewhere(options: TraefikOptions, spec: Cluster): string[] {
  const main = mainService(options, spec);
  if (main === undefined || main.name === RELEASE) return [];
  return [`--providers.kubernetesingress.ingressendpoint.publishedservice=${namespaceOf(options)}/${main.name}`];
}

/**
 * The address that stands in the status of every Ingress: Traefik takes one, so it is that of the first node that clients
 * can dial; where none of its nodes is on their network, K3s's own.
 */
export function ingressAddress(options: TraefikOptions, spec: Cluster): string {
  const nodes = selectNodes(spec, options.nodes);
  const [first] = [frontNetwork(spec, options.network), spec.k3s.nodeNetwork].flatMap((network) =>
    nodes.flatMap((name) => addressesOf(spec, name, network)),
  );
  if (first === undefined) throw new Error('Traefik has no node to run on');
  return String(first);
}

function ports(options: TraefikOptions, spec: Cluster): Record<string, TraefikPort> {
  const trustedIPs = trustedPrefixes(options, spec);
  const onHost = options.mode === 'host-network';
  const reached = (service: FrontService | undefined, name: string) =>
    service?.entrypoints.some((one) => one.name === name) === true;
  const outer = entrypoints(options).map(({ name, bound, dialled, tls }): [string, TraefikPort] => [
    name,
    {
      port: bound,
      exposedPort: dialled,
      expose: { default: onHost || reached(chartService(options, spec), name) },
      // Without any default, routers are served on every entrypoint, the metrics' own among them. With the others'
      // entrypoints among the defaults, every Ingress would answer on their addresses too.
      ...(onHost || reached(mainService(options, spec), name) ? { asDefault: true } : {}),
      http: { tls: { enabled: tls }, ...redirection(options, name) },
      ...(trustedIPs.length > 0 ? { forwardedHeaders: { trustedIPs } } : {}),
    },
  ]);
  const inner = innerPorts(options).map(({ name }): [string, TraefikPort] => [name, { expose: { default: false } }]);
  return Object.fromEntries([...outer, ...inner]);
}

function redirection(options: TraefikOptions, name: string): Pick<NonNullable<TraefikPort['http']>, 'redirections'> {
  const to = options.redirects[name];
  if (to === undefined) return {};
  const scheme = options.entrypoints[to]?.tls === true ? 'https' : 'http';
  return { redirections: { entryPoint: { to, scheme, permanent: true } } };
}

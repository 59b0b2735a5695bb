import { addressOf, selectNodes } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import { entrypoints, innerPorts } from './entrypoints';
import type { TraefikOptions } from './options';
import { clientNetwork } from './place';
import { placement, type Placement } from './placement';
import { trustedPrefixes } from './trusted';

/** The values of chart 39.0.5 that Wayleave sets. A type and no interface, so that it is plain data to the YAML writer. */
export type TraefikValues = Placement & {
  readonly deployment: {
    readonly kind: 'DaemonSet' | 'Deployment';
    readonly replicas?: number;
    readonly dnsPolicy?: 'ClusterFirstWithHostNet';
  };
  readonly hostNetwork?: true;
  readonly updateStrategy?: {
    readonly type: 'RollingUpdate';
    readonly rollingUpdate: { readonly maxUnavailable: number; readonly maxSurge: number };
  };
  readonly service: { readonly type: 'ClusterIP' | 'LoadBalancer' };
  readonly ports: Readonly<Record<string, TraefikPort>>;
  readonly providers?: { readonly kubernetesIngress: { readonly publishedService: { readonly enabled: boolean } } };
  readonly additionalArguments?: readonly string[];
  readonly global: { readonly checkNewVersion: boolean };
  readonly podSecurityContext: {
    readonly runAsUser: number;
    readonly runAsGroup: number;
    readonly runAsNonRoot: true;
    readonly seccompProfile: { readonly type: 'RuntimeDefault' };
  };
  readonly securityContext: {
    readonly allowPrivilegeEscalation: false;
    readonly capabilities: { readonly drop: readonly string[] };
    readonly readOnlyRootFilesystem: true;
  };
};

type TraefikPort = {
  readonly port?: number;
  readonly exposedPort?: number;
  readonly expose: { readonly default: boolean };
  readonly asDefault?: true;
  readonly http?: {
    readonly tls: { readonly enabled: boolean };
    readonly redirections?: {
      readonly entryPoint: { readonly to: string; readonly scheme: 'http' | 'https'; readonly permanent: true };
    };
  };
  readonly forwardedHeaders?: { readonly trustedIPs: readonly string[] };
};

/** Values for the Traefik that K3s bundles; K3s lays them over its own. */
export function traefikValues(options: TraefikOptions, spec: Cluster): TraefikValues {
  const user = options.runAsUser;
  return {
    ...(options.mode === 'host-network' ? onHostNetwork(options, spec) : behindService(options)),
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

function behindService({ workload }: TraefikOptions): Pick<TraefikValues, 'deployment' | 'service'> {
  const replicas = workload === 'daemonset' ? undefined : workload.replicas;
  return {
    deployment: replicas === undefined ? { kind: 'DaemonSet' } : { kind: 'Deployment', replicas },
    service: { type: 'LoadBalancer' },
  };
}

function onHostNetwork(options: TraefikOptions, spec: Cluster) {
  return {
    deployment: { kind: 'DaemonSet', dnsPolicy: 'ClusterFirstWithHostNet' },
    hostNetwork: true,
    // Two pods cannot bind one port of a node: the old one has to go first, where the chart would start the new one.
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
    // A LoadBalancer would set ServiceLB on the same ports.
    service: { type: 'ClusterIP' },
    // A ClusterIP Service never has a status to publish. Without one Argo CD calls every Ingress Progressing for ever.
    providers: { kubernetesIngress: { publishedService: { enabled: false } } },
    additionalArguments: [`--providers.kubernetesingress.ingressendpoint.ip=${ingressAddress(options, spec)}`],
  } as const;
}

/** The address that stands in the status of every Ingress: Traefik takes one, so it is the first node's. */
export function ingressAddress(options: TraefikOptions, spec: Cluster): string {
  const first = selectNodes(spec, options.nodes)[0];
  if (first === undefined) throw new Error('Traefik has no node to run on');
  return String(addressOf(spec, first, clientNetwork(options, spec)));
}

function ports(options: TraefikOptions, spec: Cluster): Record<string, TraefikPort> {
  const trustedIPs = trustedPrefixes(options, spec);
  const outer = entrypoints(options).map(({ name, bound, dialled, tls }): [string, TraefikPort] => [
    name,
    {
      port: bound,
      exposedPort: dialled,
      expose: { default: true },
      // Without any default, routers are served on every entrypoint, the metrics' own among them.
      asDefault: true,
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

import { PortRange } from '../net/port';
import type { Cluster } from '../spec/cluster';
import { sortedEntries } from '../text/compare';
import { PODS } from './claim';
import { nodes, workload, type WorkloadName } from './endpoint';
import type { Flow, PortNumbers } from './flow';
import { addressKind } from './network-kind';

/** Traefik, as far as those who want to be served by it must know. */
export interface TraefikPods {
  /** Its name in the spec. */
  readonly name: string;
  readonly workload: WorkloadName;
}

/**
 * The Traefik of that name, or whatever its name is; undefined where the cluster has none. It alone serves the Ingresses of
 * components: EasyHAProxy reads Ingresses too, but balances a host's requests among all that name it, whatever their paths,
 * and takes no calls on 443 for one that names no Secret. Source: EasyHAProxy, easymapping/config_generator.py.
 */
export function traefikOf(spec: Cluster, name?: string): TraefikPods | undefined {
  const own = spec.ingress.find((one) => one.kind === 'traefik' && (name === undefined || one.name === name));
  return own?.kind === 'traefik' ? { name: own.name, workload: traefikPods(own.install) } : undefined;
}

/** Namespace of a Traefik: K3s's own is in K3s's namespace, one beside it has its own. */
export function traefikNamespace(install: 'bundled' | 'own'): string {
  return install === 'bundled' ? 'kube-system' : 'traefik';
}

/** Its pods. K3s's HelmChartConfig reaches its Traefik by this name and no other. */
export function traefikPods(install: 'bundled' | 'own'): WorkloadName {
  return `${traefikNamespace(install)}/traefik`;
}

/** What the chart's own entrypoints bind behind a Service. Source: values.yaml of chart 39.0.5, `ports`. */
export const TRAEFIK_PORTS = { metrics: 9100, traefik: 8080, web: 8000, websecure: 8443 } as const;

/** What an entrypoint binds behind a Service that is not told of a port of its own. */
export function portBehindService(entrypoint: string, dialled: number): number {
  return OF_CHART.get(entrypoint) ?? dialled;
}

const OF_CHART: ReadonlyMap<string, number> = new Map(Object.entries(TRAEFIK_PORTS));

type Call = Pick<Flow, 'to' | 'over' | 'address' | 'encryptedBy'> & { readonly port: PortNumbers };

/**
 * How a pod of the cluster calls a name that the ingress serves, by plain HTTP: on port 80, and where that sends it on.
 * The call never leaves the cluster: the node's own Service routing takes it to a pod of the ingress.
 */
export function plainCalls(spec: Cluster, name: string): Call[] {
  const ingress = spec.ingress.find((one) => one.name === name);
  if (ingress?.kind !== 'traefik') return [];
  const { entrypoints, redirects } = ingress;
  const plain = sortedEntries(entrypoints).flatMap(([one, { port }]) => (port === 80 ? [one] : []));
  const called = [...new Set(plain.flatMap((one) => [one, redirects[one] ?? one]))];
  return called.flatMap((one): Call[] => {
    const entrypoint = entrypoints[one];
    if (entrypoint === undefined) return [];
    const dialled = PortRange.of(entrypoint.port);
    const way = { over: PODS, ...(entrypoint.tls ? { encryptedBy: 'TLS' } : {}) };
    if (ingress.mode === 'host-network') {
      const port = { container: dialled, host: dialled };
      const address = addressKind(spec, ingress.network ?? spec.k3s.nodeNetwork);
      return [{ ...way, to: nodes(ingress.nodes), port, address }];
    }
    const container = PortRange.of(entrypoint.containerPort ?? portBehindService(one, entrypoint.port));
    return [
      { ...way, to: workload(traefikPods(ingress.install)), port: { container, service: dialled }, address: 'service' },
    ];
  });
}

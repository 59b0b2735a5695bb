import { PortRange } from '../../net/port';
import type { Listener } from '../../plan/listener';
import type { ReservedService } from '../../plan/reserved-service';
import type { Workload } from '../../plan/workload';
import type { ArgocdOptions } from './options';
import { RELEASE } from './names';

interface PartPort {
  readonly container: number;
  readonly service?: number;
  readonly purpose: string;
}

/** Argo CD's pods and the ports they bind. Source: values.yaml and templates of the argo-cd chart. */
const PARTS = {
  'application-controller': [{ container: 8082, purpose: 'metrics and health of the controller' }],
  redis: [{ container: 6379, service: 6379, purpose: "Argo CD's cache" }],
  'repo-server': [
    { container: 8081, service: 8081, purpose: 'manifests from git and Helm' },
    { container: 8084, purpose: 'metrics and health of the repo server' },
  ],
  server: [
    { container: 8080, service: 443, purpose: 'API and web pages of Argo CD' },
    { container: 8083, purpose: 'metrics of the server' },
  ],
  // A Job ahead of every install: it makes Redis's password.
  'redis-secret-init': [],
} as const satisfies Readonly<Record<string, readonly PartPort[]>>;

/** One process answers on both. Source: the chart's values, server.service. */
const SERVER_PORTS = [80, 443].map((service) => ({ service, container: 8080 }));

export type Part = keyof typeof PARTS;
const NAMES = Object.keys(PARTS) as Part[];

export function partName(options: ArgocdOptions, part: Part): string {
  return `${options.namespace}/argocd-${part}`;
}

export function partPort(part: Part): { container: PortRange; service: PortRange } {
  const port: PartPort | undefined = PARTS[part][0];
  if (port?.service === undefined) throw new Error(`nobody calls argocd-${part}`);
  return { container: PortRange.of(port.container), service: PortRange.of(port.service) };
}

export function argocdWorkloads(options: ArgocdOptions): Omit<Workload, 'owner'>[] {
  const pod = { hostNetwork: false, nodes: 'all', source: ['gitops'] } as const;
  return NAMES.map((part) => ({
    ...pod,
    name: partName(options, part),
    namespace: options.namespace,
    labels: { 'app.kubernetes.io/instance': RELEASE, 'app.kubernetes.io/name': `argocd-${part}` },
  }));
}

/** Services that the chart makes, each of them beside a part; that of the ApplicationSet controller is there without it. */
export function argocdServices(options: ArgocdOptions): Omit<ReservedService, 'owner'>[] {
  const called = NAMES.flatMap((part) => {
    const port = PARTS[part].find((one: PartPort) => one.service !== undefined);
    return port === undefined
      ? []
      : [
          {
            name: partName(options, part),
            purpose: port.purpose,
            ...(part === 'server' ? { ports: SERVER_PORTS } : {}),
            source: ['gitops'],
          },
        ];
  });
  const unused = `${options.namespace}/argocd-applicationset-controller`;
  return [...called, { name: unused, purpose: 'the ApplicationSet controller', source: ['gitops'] }];
}

export function argocdListeners(options: ArgocdOptions): Omit<Listener, 'owner'>[] {
  return NAMES.flatMap((part) =>
    PARTS[part].map((port: PartPort) => ({
      on: { workload: partName(options, part) },
      protocol: 'tcp',
      bind: 'all',
      ports: {
        container: PortRange.of(port.container),
        ...(port.service === undefined ? {} : { service: PortRange.of(port.service) }),
      },
      purpose: port.purpose,
      source: ['gitops'],
    })),
  );
}

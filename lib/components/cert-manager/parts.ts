import { PortRange } from '../../net/port';
import type { WorkloadName } from '../../plan/endpoint';
import type { Listener } from '../../plan/listener';
import type { ReservedService } from '../../plan/reserved-service';
import type { Workload } from '../../plan/workload';
import { NAMESPACE, RELEASE, source } from './names';
import type { CertManagerOptions } from './options';
import { SOLVER_PORT, solverPods, solvedNamespaces } from './solver-pods';

/** cert-manager's pods. Source: templates of chart 1.21.1, whose labels they are. */
const PARTS = {
  cainjector: { name: 'cert-manager-cainjector', label: 'cainjector', component: 'cainjector' },
  controller: { name: 'cert-manager', label: 'cert-manager', component: 'controller' },
  // A Job after the first install: it asks the API for a certificate until the webhook answers.
  startupapicheck: { name: 'cert-manager-startupapicheck', label: 'startupapicheck', component: 'startupapicheck' },
  webhook: { name: 'cert-manager-webhook', label: 'webhook', component: 'webhook' },
} as const;

export type Part = keyof typeof PARTS;
const NAMES = Object.keys(PARTS) as Part[];

export function partName(part: Part): WorkloadName {
  return `${NAMESPACE}/${PARTS[part].name}`;
}

/** What the webhook binds; the API server dials it there, by its Service's endpoints. */
export const WEBHOOK = { container: PortRange.of(10250), service: PortRange.of(443) };
const METRICS = 9402;

export function certManagerWorkloads(options: CertManagerOptions): Omit<Workload, 'owner'>[] {
  const pod = { hostNetwork: false, nodes: 'all', source } as const;
  return [
    ...NAMES.map((part) => ({
      ...pod,
      name: partName(part),
      namespace: NAMESPACE,
      labels: {
        'app.kubernetes.io/component': PARTS[part].component,
        'app.kubernetes.io/instance': RELEASE,
        'app.kubernetes.io/name': PARTS[part].label,
      },
    })),
    ...solvedNamespaces(options).map((namespace) => ({
      ...pod,
      name: solverPods(namespace),
      namespace,
      // Source: cert-manager pkg/apis/acme/v1, SolverIdentificationLabelKey.
      labels: { 'acme.cert-manager.io/http01-solver': 'true' },
    })),
  ];
}

/** Services that the chart makes. Source: its templates, webhook-service, service and cainjector-service. */
export function certManagerServices({ metrics }: CertManagerOptions): Omit<ReservedService, 'owner'>[] {
  const measured = ['cainjector', 'controller'] as const;
  return [
    { name: partName('webhook'), purpose: 'its webhook', source },
    ...(metrics
      ? measured.map((part) => ({ name: partName(part), purpose: `metrics of the ${PARTS[part].component}`, source }))
      : []),
  ];
}

export function certManagerListeners(options: CertManagerOptions): Omit<Listener, 'owner'>[] {
  const on = (name: WorkloadName, ports: Listener['ports'], purpose: string): Omit<Listener, 'owner'> => ({
    on: { workload: name },
    protocol: 'tcp',
    bind: 'all',
    ports,
    purpose,
    source,
  });
  const alone = (port: number) => ({ container: PortRange.of(port) });
  const measured = ['cainjector', 'controller', 'webhook'] as const;
  return [
    on(partName('webhook'), WEBHOOK, 'checks of objects that the API server is about to store'),
    // Source: webhook and controller flags, --healthz-port and --healthz-listen-address.
    on(partName('webhook'), alone(6080), 'health of the webhook'),
    on(partName('controller'), alone(9403), 'health of the controller'),
    ...(options.metrics
      ? measured.map((part) => on(partName(part), alone(METRICS), `metrics of the ${PARTS[part].component}`))
      : []),
    ...solvedNamespaces(options).map((namespace) =>
      on(solverPods(namespace), alone(SOLVER_PORT), 'answers of HTTP-01 challenges, while one runs'),
    ),
  ];
}

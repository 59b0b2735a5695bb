import type { Field } from './field';
import type { PodsEndpoint } from './endpoint';
import type { Labels } from './labels';
import type { Service, ServicePort } from './service';
import { Traffic } from './traffic';
import { namespaceOf } from './workload';

/** A Service to which an Ingress or a Route sends requests. */
export interface Backend {
  readonly namespace: string;
  readonly service: string;
  /** The Service's port, by its number, its name or that of the pods. Absent: all of them. */
  readonly port?: number | string;
}

/** Reads an Ingress. Source: Kubernetes docs, Ingress. */
export function readIngress(field: Field): Backend[] {
  const spec = field.get('spec');
  const paths = spec
    .get('rules')
    .items()
    .flatMap((rule) => rule.in('http', 'paths').items());
  return [spec.get('defaultBackend'), ...paths.map((path) => path.get('backend'))].flatMap((backend) => {
    const service = backend.get('service');
    const port = service.in('port', 'name').value ?? service.in('port', 'number').value;
    return backendOf(field, service.get('name'), port);
  });
}

/** Reads a Route of OpenShift's. Source: OpenShift docs, Route. */
export function readRoute(field: Field): Backend[] {
  const spec = field.get('spec');
  const port = spec.in('port', 'targetPort').value;
  return [spec.get('to'), ...spec.get('alternateBackends').items()]
    .filter((target) => (target.get('kind').value ?? 'Service') === 'Service')
    .flatMap((target) => backendOf(field, target.get('name'), port));
}

function backendOf(field: Field, name: Field, port: unknown): Backend[] {
  if (typeof name.value !== 'string') return [];
  const backend = { namespace: namespaceOf(field), service: name.value };
  return [typeof port === 'number' || typeof port === 'string' ? { ...backend, port } : backend];
}

/** What an ingress controller may send to some pods, policies aside: TCP at ports that their containers say they have. */
export function sentByIngress(
  backends: readonly Backend[],
  services: readonly Service[],
  { group }: PodsEndpoint,
  labels: Labels,
): Traffic {
  const ports = backends.flatMap((backend) =>
    services
      .filter((one) => one.namespace === backend.namespace && one.name === backend.service)
      .filter(({ namespace, pods }) => namespace === group.namespace && pods.matches(labels))
      .flatMap((service) => service.ports.filter((port) => isMeant(backend, port))),
  );
  const numbers = ports.flatMap(({ target }) =>
    typeof target === 'number'
      ? target
      : group.ports.filter(({ name, protocol }) => name === target && protocol === 'tcp').map(({ port }) => port),
  );
  return Traffic.union(
    numbers.filter((port) => group.tcpPorts.includes(port)).map((port) => Traffic.range('tcp', port)),
  );
}

function isMeant({ port }: Backend, own: ServicePort): boolean {
  return port === undefined || port === own.port || port === own.name || port === own.target;
}

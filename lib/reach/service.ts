import { AddressSet } from '../net/address-set';
import { Address } from '../net/address';
import { isMapping, type Field } from './field';
import { allOf, NEVER, type Labels, type LabelTest } from './labels';
import { inNamespace } from './pod-labels';
import { isIn } from './selector';
import type { Protocol } from './traffic';
import { nameOf, namespaceOf } from './workload';

/** What of a Service matters to a policy: which pods stand behind it, and what it does to addresses on the way. */
export interface Service {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  /** Pods behind it. */
  readonly pods: LabelTest;
  /** Ports at the pods: numbers or names. */
  readonly ports: readonly ServicePort[];
  /** Whether a client from outside may arrive with the address of a node. */
  readonly hidesClients: boolean;
  readonly addresses: AddressSet;
}

export interface ServicePort {
  readonly protocol: Protocol;
  readonly target: number | string;
  /** As clients of the Service dial it. */
  readonly port?: number;
  readonly name?: string;
}

export function readService(field: Field): Service {
  const namespace = namespaceOf(field);
  const spec = field.get('spec');
  const labels = spec.get('selector').labels();
  const pairs = Object.entries(labels).map(([key, value]) => isIn(key, [value]));
  const type = spec.get('type').value;
  return {
    namespace,
    name: nameOf(field),
    labels: field.in('metadata', 'labels').labels(),
    pods: pairs.length === 0 ? NEVER : inNamespace(namespace, allOf(pairs)),
    ports: spec
      .get('ports')
      .items()
      .flatMap(({ value }) => portOf(value)),
    // `Cluster`, the default, lets any node take the connection and hide the client. Source: Kubernetes docs, Service.
    hidesClients:
      (type === 'NodePort' || type === 'LoadBalancer') && spec.get('externalTrafficPolicy').value !== 'Local',
    addresses: clusterAddresses(spec),
  };
}

/** Without a word about anything: a Service may have thousands of ports. */
function portOf(value: unknown): ServicePort[] {
  if (!isMapping(value)) return [];
  const { port, name, protocol } = value;
  const target = value.targetPort ?? port;
  if (typeof target !== 'number' && typeof target !== 'string') return [];
  return [
    {
      protocol: (typeof protocol === 'string' ? protocol.toLowerCase() : 'tcp') as Protocol,
      target,
      ...(typeof port === 'number' ? { port } : {}),
      ...(typeof name === 'string' ? { name } : {}),
    },
  ];
}

function clusterAddresses(spec: Field): AddressSet {
  const texts = [
    spec.get('clusterIP').value,
    ...spec
      .get('clusterIPs')
      .items()
      .map((item) => item.value),
  ];
  return AddressSet.of(...texts.flatMap((text) => (typeof text === 'string' ? (Address.tryParse(text) ?? []) : [])));
}

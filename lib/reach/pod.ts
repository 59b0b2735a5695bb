import { AddressSet } from '../net/address-set';
import { Address } from '../net/address';
import type { Field } from './field';
import type { Labels } from './labels';
import type { Protocol } from './traffic';

export interface NamedPort {
  readonly name: string;
  readonly protocol: Protocol;
  readonly port: number;
}

/** What a pod is to a policy. */
export interface Pod {
  readonly namespace: string;
  readonly labels: Labels;
  readonly ports: readonly NamedPort[];
  /** TCP ports that its containers say they listen on, with names or without. */
  readonly tcpPorts: readonly number[];
  readonly hostNetwork: boolean;
  readonly serviceAccount: string;
  /** Where known; addresses are given at run time. */
  readonly addresses: AddressSet;
}

/** Reads a Pod or the template of one. */
export function readPod(pod: Field, namespace: string): Pod {
  const spec = pod.get('spec');
  return {
    namespace,
    labels: pod.in('metadata', 'labels').labels(),
    ports: namedPorts(spec),
    tcpPorts: tcpPorts(spec),
    hostNetwork: spec.get('hostNetwork').value === true,
    serviceAccount: textOf(spec.get('serviceAccountName')) ?? 'default',
    addresses: addressesOf(pod.get('status')),
  };
}

/** Init containers that keep running are looked at too. Source: Kubernetes docs, sidecar containers. */
function namedPorts(spec: Field): NamedPort[] {
  const sidecars = spec
    .get('initContainers')
    .items()
    .filter((container) => container.get('restartPolicy').value === 'Always');
  return [...spec.get('containers').items(), ...sidecars].flatMap((container) =>
    container
      .get('ports')
      .items()
      .flatMap((port) => {
        const name = textOf(port.get('name'));
        const number = port.get('containerPort').value;
        const protocol = (textOf(port.get('protocol')) ?? 'TCP').toLowerCase() as Protocol;
        return name === undefined || typeof number !== 'number' ? [] : [{ name, protocol, port: number }];
      }),
  );
}

function tcpPorts(spec: Field): number[] {
  return spec
    .get('containers')
    .items()
    .flatMap((container) => container.get('ports').items())
    .filter((port) => (textOf(port.get('protocol')) ?? 'TCP') === 'TCP')
    .flatMap((port) => {
      const number = port.get('containerPort').value;
      return typeof number === 'number' ? [number] : [];
    });
}

function addressesOf(status: Field): AddressSet {
  const texts = [
    status.get('podIP').value,
    ...(status.get('podIPs').isGiven ? status.get('podIPs').items() : []).map((item) => item.get('ip').value),
  ];
  return AddressSet.of(...texts.flatMap((text) => (typeof text === 'string' ? (Address.tryParse(text) ?? []) : [])));
}

function textOf(field: Field): string | undefined {
  return typeof field.value === 'string' ? field.value : undefined;
}
